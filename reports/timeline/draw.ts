// Draws rows as lines of text: the time, a bar for each lifeline, arrows between them, and notes at the right.
import { LIFELINES, type Lifeline } from '../../harness/history/story/story.ts';
import type { Palette } from '../colors.ts';
import { fitLine } from '../wrap-text.ts';
import type { TimelineRow } from './row.ts';

/** The columns of a line. */
export interface Geometry {
  readonly columns: number;
  /** The column of each lifeline that is shown. */
  readonly lifelines: ReadonlyMap<Lifeline, number>;
  readonly noteColumn: number;
}

/** The column of the first lifeline: after `> 12345 ! `. */
const FIRST_COLUMN = 10;
/** The column of marks for events at no lifeline, between the time and the first lifeline. */
const MARGIN_COLUMN = 8;
/** Lifelines are at most GAP_MAX apart, so that arrows are easy to follow, and at least GAP_MIN, unless the notes need the space. */
const GAP_MAX = 29;
const GAP_MIN = 20;
const NOTE_COLUMNS_MIN = 12;

/** Spreads the lifelines over the line. Legacy app, service and provider are always shown, the user if a row uses it, the rig never. */
export function geometryOf(rows: readonly TimelineRow[], columns: number): Geometry {
  const hasUser = rows.some(({ from, to }) => from === 'user' || to === 'user');
  const shown = LIFELINES.filter((lifeline) => lifeline !== 'rig' && (lifeline !== 'user' || hasUser));
  const gaps = shown.length - 1;
  const needed = Math.max(...rows.map(({ note }) => (note?.texts[0].length ?? 0) + 2), NOTE_COLUMNS_MIN);
  const noteColumns = Math.min(needed, Math.max(columns - FIRST_COLUMN - gaps * GAP_MIN, NOTE_COLUMNS_MIN));
  const gap = Math.min(Math.floor((columns - FIRST_COLUMN - noteColumns) / gaps), GAP_MAX);
  const lifelines = new Map(shown.map((lifeline, index) => [lifeline, FIRST_COLUMN + index * gap]));
  return { columns, lifelines, noteColumn: FIRST_COLUMN + gaps * gap + 2 };
}

/** The line that names the lifelines. */
export function drawHead({ columns, lifelines }: Geometry, paint: Palette): string {
  const line = blank(columns);
  write(line, { column: 4, text: 'ms' });
  for (const [lifeline, column] of lifelines)
    write(line, { column: Math.max(column - Math.floor(lifeline.length / 2), 7), text: lifeline });
  return paint.quiet(asText(line));
}

/** One row as a line. A `>` at its start marks a witness of the finding. */
export function drawRow(row: TimelineRow, { geometry, paint }: { geometry: Geometry; paint: Palette }): string {
  const { columns, lifelines, noteColumn } = geometry;
  const line = blank(row.from === 'rig' ? columns : noteColumn);
  if (row.isWitness) write(line, { column: 0, text: '>' });
  write(line, { column: 1, text: String(row.timeMs).padStart(6) });
  for (const column of lifelines.values()) write(line, { column, text: '|' });
  if (row.from === 'rig') return drawRigRow(line, row, paint);
  if (row.to === undefined) drawPoint(line, row, geometry);
  else drawArrow(line, { row, from: lifelines.get(row.from) ?? 0, to: lifelines.get(row.to) ?? 0 });
  if (row.note === undefined) return asText(line);
  const { texts } = row.note;
  const text = texts.find(({ length }) => length <= columns - noteColumn) ?? texts.at(-1) ?? '';
  const note = fitLine(text, columns - noteColumn);
  const painter = row.note.tone === 'plain' ? paint.strong : row.note.tone === 'bad' ? paint.bad : paint.doubtful;
  return line.join('').padEnd(noteColumn) + painter(note);
}

/** Draws an action of the rig, or a fault that belongs to no lifeline: its text runs over the lifelines. */
function drawRigRow(line: string[], row: TimelineRow, paint: Palette): string {
  const text = fitLine(row.labels[0], line.length - FIRST_COLUMN);
  write(line, { column: FIRST_COLUMN, text: `${text} ` });
  const before = line.slice(0, MARGIN_COLUMN).join('');
  const after = line.slice(FIRST_COLUMN + text.length).join('');
  const painter = row.mark === '!' ? paint.doubtful : paint.quiet;
  return `${before}${painter(`${row.mark ?? ' '} ${text}`)}${after}`.trimEnd();
}

/** Draws a point. Its text can run over the lifelines at its right, which have no event on this line. */
function drawPoint(line: string[], row: TimelineRow, { lifelines, noteColumn }: Geometry): void {
  const column = lifelines.get(row.from) ?? 0;
  const next = [...lifelines.values()].find((other) => other > column) ?? noteColumn;
  const end = row.note === undefined ? line.length : next;
  const label = row.labels.find((text) => text.length <= next - column - 3) ?? row.labels.at(-1) ?? '';
  write(line, { column, text: row.mark ?? 'o' });
  write(line, { column: column + 2, text: fitLine(label, end - column - 3) });
}

function drawArrow(line: string[], { row, from, to }: { row: TimelineRow; from: number; to: number }): void {
  const right = to > from;
  const isLost = row.isLost === true;
  const end = isLost ? from + Math.round((to - from) * 0.8) : to;
  const [first, last] = right ? [from + 1, end - 1] : [end + 1, from - 1];
  const length = last - first + 1;
  write(line, { column: first, text: '-'.repeat(length) });
  // The label must leave a part of the arrow visible, and a larger part if the arrow ends on its way.
  const label = row.labels.find((text) => text.length <= length - (isLost ? 5 : 4)) ?? row.labels.at(-1) ?? '';
  const words = fitLine(label, length - 3);
  if (words !== '')
    write(line, { column: first + Math.floor((length - words.length - (right ? 3 : 1)) / 2), text: ` ${words} ` });
  write(line, { column: right ? last : first, text: isLost ? 'x' : right ? '>' : '<' });
  if (row.mark !== undefined) write(line, { column: to, text: row.mark });
}

function blank(columns: number): string[] {
  return Array.from({ length: columns }, () => ' ');
}

function write(line: string[], { column, text }: { column: number; text: string }): void {
  for (const [offset, character] of text.split('').entries()) {
    if (column + offset >= 0 && column + offset < line.length) line[column + offset] = character;
  }
}

function asText(line: readonly string[]): string {
  return line.join('').trimEnd();
}
