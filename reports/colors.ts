// Colours by meaning. Without colour a painter returns its text unchanged, so colour must never be the only sign of something.
import picocolors from 'picocolors';

/** A painter for each meaning of a text. */
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
  /** The columns of the terminal; 100 by default. */
  readonly width?: number;
}

/** Painters that colour text, or return it unchanged if `color` is false. */
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

/** The columns to draw in: those of the terminal, but at least 72 and at most 100. */
export function columnsOf({ width = 100 }: RenderOptions): number {
  return Math.min(Math.max(width, 72), 100);
}
