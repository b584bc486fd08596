// Colours by meaning. Without colour every painter gives back its text, so nothing may be said by colour alone.
import picocolors from 'picocolors';

/** What a piece of text means, for its colour. */
export interface Palette {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubtful: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly strong: (text: string) => string;
}

/** The options that all renderers for terminals share. */
export interface RenderOptions {
  readonly color: boolean;
  /** Columns of the terminal; 100 when not given. */
  readonly width?: number;
}

/** Painters that colour, or leave text as it is. */
export function palette(color: boolean): Palette {
  const colors = picocolors.createColors(color);
  return {
    good: colors.green,
    bad: (text) => colors.bold(colors.red(text)),
    doubtful: colors.yellow,
    quiet: colors.dim,
    strong: colors.bold,
  };
}

/** The columns to draw in: what the terminal has, within what the drawings are made for. */
export function columnsOf({ width = 100 }: RenderOptions): number {
  return Math.min(Math.max(width, 72), 100);
}
