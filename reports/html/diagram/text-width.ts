// The width of a text, computed without a browser. The widths are those of DejaVu Sans, the widest of the fonts that browsers may use for
// the page, so that a text never needs more space than computed.
import { visible } from '../markup.ts';

/** A font of the diagram. */
export interface Font {
  /** The font size in pixels. */
  readonly size: number;
  readonly isBold?: boolean;
}

/** The widths of the characters from the space to the tilde, in hundredths of the font size. */
const REGULAR = widths(
  `32 40 46 84 64 95 78 27 39 39 50 84 32 36 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 53 100 68 69 70 77 63 58 77 75 29
   29 66 56 86 75 79 60 79 69 63 61 73 68 99 69 61 69 39 34 39 84 50 50 61 63 55 63 62 35 63 63 28 28 58 28 97 63 61 63 63 41 52
   39 63 59 82 59 59 52 64 34 64 84`,
);
const BOLD = widths(
  `35 46 52 84 70 100 87 31 46 46 52 84 38 42 38 37 70 70 70 70 70 70 70 70 70 70 40 40 84 84 84 58 100 77 76 73 83 68 68 82 84 37
   37 77 64 100 84 85 73 85 77 72 68 81 77 110 77 72 73 46 37 46 84 50 50 67 72 59 72 68 44 72 71 34 34 67 34 104 71 69 72 72 49
   60 48 71 65 92 65 65 58 71 37 71 84`,
);
/** The width of any other character: as wide as the widest letters. */
const OTHER = 112;

function widths(text: string): readonly number[] {
  return text.split(/\s+/u).map(Number);
}

/** The maximum width of a text in pixels. */
export function textWidth(text: string, font: Font): number {
  const table = font.isBold === true ? BOLD : REGULAR;
  let sum = 0;
  for (const character of text) sum += table[character.charCodeAt(0) - 32] ?? OTHER;
  return (sum * font.size) / 100;
}

/** The text on one line, as a page shows it, cut off with an ellipsis if it is wider than `width`. */
export function fitText(text: string, width: number, font: Font): string {
  const line = visible(text).replace(/\s+/gu, ' ').trim();
  if (textWidth(line, font) <= width) return line;
  const room = width - textWidth('…', font);
  let kept = '';
  let used = 0;
  for (const character of line) {
    used += textWidth(character, font);
    if (used > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
