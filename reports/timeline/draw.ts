// Draws rows as lines of text: a column for the time, a bar for each lane, arrows between them, notes at the right.
import { fitLine } from '../wrap-text.ts';
import type { Palette } from '../colors.ts';
import { LANES, type Lane, type Row } from './row.ts';

/** Where everything stands on a line. */
export interface Geometry {
  readonly columns: number;
  /** The column of each lane that is shown. */
  readonly lanes: ReadonlyMap<Lane, number>;
  readonly noteColumn: number;
}

/** Wide enough for `> 12345 `. */
const firstLaneColumn = 10;
/** Notes get a third of the line, but never more than they need; on half a line there is room for the shortest only. */
const noteColumnsMax = 32;
const noteColumnsMin = 12;
const halfLineColumns = 60;

/** Spreads the lanes that the rows touch over the line. The three systems are always shown. */
export function geometryOf(rows: readonly Row[], columns: number): Geometry {
  const hasUser = rows.some(({ from, to }) => from === 'user' || to === 'user');
  const shown = LANES.filter((lane) => lane !== 'user' || hasUser);
  const noteColumns = columns < halfLineColumns ? noteColumnsMin : Math.min(noteColumnsMax, Math.floor(columns / 3));
  const gap = Math.floor((columns - firstLaneColumn - noteColumns) / (shown.length - 1));
  const lanes = new Map(shown.map((lane, index) => [lane, firstLaneColumn + index * gap]));
  return { columns, lanes, noteColumn: firstLaneColumn + (shown.length - 1) * gap + 2 };
}

/** The line that names the lanes. */
export function drawHead({ columns, lanes }: Geometry, paint: Palette): string {
  const line = blank(columns);
  write(line, { column: 4, text: 'ms' });
  for (const [lane, column] of lanes)
    write(line, { column: Math.max(column - Math.floor(lane.length / 2), 7), text: lane });
  return paint.quiet(asText(line));
}

/** One row as a line. A `>` at its start marks a witness of the finding. */
export function drawRow(row: Row, { geometry, paint }: { geometry: Geometry; paint: Palette }): string {
  const { columns, lanes, noteColumn } = geometry;
  const line = blank(noteColumn);
  if (row.witness) write(line, { column: 0, text: '>' });
  write(line, { column: 1, text: String(row.timeMs).padStart(6) });
  for (const column of lanes.values()) write(line, { column, text: '|' });
  if (row.to === undefined) drawPoint(line, row, geometry);
  else drawArrow(line, { row, from: lanes.get(row.from) ?? 0, to: lanes.get(row.to) ?? 0 });
  if (row.note === undefined) return asText(line);
  const note = fitLine(row.note.text, columns - noteColumn);
  const painter = row.note.tone === 'plain' ? paint.strong : row.note.tone === 'bad' ? paint.bad : paint.doubtful;
  return line.join('').padEnd(noteColumn) + painter(note);
}

/** The text of a point may run over the lanes at its right, where nothing happens on this line. */
function drawPoint(line: string[], row: Row, { lanes, noteColumn }: Geometry): void {
  const column = lanes.get(row.from) ?? 0;
  const next = [...lanes.values()].find((other) => other > column) ?? noteColumn;
  const end = row.note === undefined ? line.length : next;
  const label = row.labels.find((text) => text.length <= next - column - 3) ?? row.labels.at(-1) ?? '';
  write(line, { column, text: row.mark ?? 'o' });
  write(line, { column: column + 2, text: fitLine(label, end - column - 3) });
}

function drawArrow(line: string[], { row, from, to }: { row: Row; from: number; to: number }): void {
  const right = to > from;
  const end = row.lost === true ? from + Math.round((to - from) * 0.8) : to;
  const [first, last] = right ? [from + 1, end - 1] : [end + 1, from - 1];
  const length = last - first + 1;
  write(line, { column: first, text: '-'.repeat(length) });
  const label = row.labels.find((text) => text.length <= length - 3) ?? row.labels.at(-1) ?? '';
  const words = fitLine(label, length - 3);
  if (words !== '')
    write(line, { column: first + Math.floor((length - words.length - (right ? 3 : 1)) / 2), text: ` ${words} ` });
  write(line, { column: right ? last : first, text: row.lost === true ? 'x' : right ? '>' : '<' });
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
