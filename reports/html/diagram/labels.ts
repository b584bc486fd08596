// Where the words of a diagram stand. Each row has its own lines: what does not fit beside something goes to a line below it, and what is wider
// than the drawing is shortened. So no two labels meet, and none is cut.
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

/** Words that have their place. */
export interface Label extends Box {
  readonly text: string;
  /** Where the text begins, and its baseline. */
  readonly x: number;
  readonly y: number;
  readonly font: Font;
  readonly tone: Tone | 'quiet';
}

/** The height of one line of words. */
export const LINE = 15;
const BASELINE = 11;

/** What is to be written, and around which place. */
export interface Wish {
  readonly text: string;
  readonly x: number;
  readonly align: 'start' | 'middle' | 'end';
  readonly font: Font;
  readonly tone: Tone | 'quiet';
}

/** A label on the line that begins at `top`, moved sideways as far as it must to stay between the bounds. */
export function labelAt(top: number, wish: Wish, { left, right }: Pick<Columns, 'left' | 'right'>): Label {
  const { x, align, font, tone } = wish;
  const text = fitText(wish.text, right - left, font);
  const width = textWidth(text, font);
  const start = align === 'start' ? x : align === 'end' ? x - width : x - width / 2;
  const begin = Math.max(left, Math.min(start, right - width));
  return { text, font, tone, x: begin, y: top + BASELINE, left: begin, right: begin + width, top, bottom: top + LINE };
}

/** Words stand on no more lines than this. */
const LINES_MAX = 3;

/** The words on as many lines as they need, each moved as `labelAt` moves one. */
export function labelsAt(top: number, wish: Wish, bounds: Pick<Columns, 'left' | 'right'>): Label[] {
  const lines = wrapped(wish.text, bounds.right - bounds.left, wish.font);
  return lines.map((text, index) => labelAt(top + index * LINE, { ...wish, text }, bounds));
}

/** What does not fit on the last line is left to it, to be shortened. */
function wrapped(text: string, width: number, font: Font): string[] {
  const lines: string[] = [];
  // What an arrow joins stays together.
  for (const word of text.split(/(?<!→) (?!→)/u)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    const isOnLast = last !== undefined && (textWidth(longer, font) <= width || lines.length === LINES_MAX);
    if (isOnLast) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Whether the label would have to leave its place to stay between the bounds. */
export function fits(wish: Wish, bounds: Pick<Columns, 'left' | 'right'>): boolean {
  const { x, align, font } = wish;
  const width = textWidth(fitText(wish.text, Number.POSITIVE_INFINITY, font), font);
  const start = align === 'start' ? x : align === 'end' ? x - width : x - width / 2;
  return start >= bounds.left && start + width <= bounds.right;
}

/** Whether two boxes share a part of the drawing. */
export function isMeeting(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
