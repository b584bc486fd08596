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
