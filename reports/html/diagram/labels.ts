// Places the labels of a diagram. Each row has its own lines: a label that does not fit beside its arrow or mark goes below it, and a label
// wider than the drawing is shortened. So labels neither overlap nor cross the border.
import type { Columns } from './columns.ts';
import type { Tone } from './step.ts';
import { fitText, type Font, textWidth } from './text-width.ts';

/** A rectangle of the drawing, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A text with its place. */
export interface Label extends Box {
  readonly text: string;
  /** Where the text begins, and the height of its baseline. */
  readonly x: number;
  readonly y: number;
  readonly font: Font;
  readonly tone: Tone | 'quiet';
}

/** The height of one line of text. */
export const LINE = 15;
const BASELINE = 11;

/** A text to place, the position that it should have, and how it is aligned there. */
export interface Wish {
  readonly text: string;
  readonly x: number;
  readonly align: 'start' | 'middle' | 'end';
  readonly font: Font;
  readonly tone: Tone | 'quiet';
}

/** A label on the line that begins at `top`, moved sideways as far as needed to stay between the bounds. */
export function labelAt(top: number, wish: Wish, { left, right }: Pick<Columns, 'left' | 'right'>): Label {
  const { x, align, font, tone } = wish;
  const text = fitText(wish.text, right - left, font);
  const width = textWidth(text, font);
  const start = align === 'start' ? x : align === 'end' ? x - width : x - width / 2;
  const begin = Math.max(left, Math.min(start, right - width));
  return { text, font, tone, x: begin, y: top + BASELINE, left: begin, right: begin + width, top, bottom: top + LINE };
}

/** A label has at most this many lines. */
const LINES_MAX = 3;

/** The text on as many lines as it needs, each placed by `labelAt`. */
export function labelsAt(top: number, wish: Wish, bounds: Pick<Columns, 'left' | 'right'>): Label[] {
  const lines = wrapped(wish.text, bounds.right - bounds.left, wish.font);
  return lines.map((text, index) => labelAt(top + index * LINE, { ...wish, text }, bounds));
}

/** Breaks a text into at most LINES_MAX lines. The last one can be too wide; `labelAt` shortens it. */
function wrapped(text: string, width: number, font: Font): string[] {
  const lines: string[] = [];
  // No line break before or after an arrow.
  for (const word of text.split(/(?<!→) (?!→)/u)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    const isOnLast = last !== undefined && (textWidth(longer, font) <= width || lines.length === LINES_MAX);
    if (isOnLast) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Whether the label stays between the bounds without being moved. */
export function fits(wish: Wish, bounds: Pick<Columns, 'left' | 'right'>): boolean {
  const { x, align, font } = wish;
  const width = textWidth(fitText(wish.text, Number.POSITIVE_INFINITY, font), font);
  const start = align === 'start' ? x : align === 'end' ? x - width : x - width / 2;
  return start >= bounds.left && start + width <= bounds.right;
}

/** Whether two boxes overlap. */
export function areOverlapping(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
