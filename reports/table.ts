// The table without borders that all reports for terminals use.
import Table from 'cli-table3';
import { printable } from './wrap-text.ts';
import type { Palette } from './colors.ts';

/** A cell: its text, and optionally the painter for its colour. */
export type TableCell = string | { readonly text: string; readonly painter: (text: string) => string };

const frameless = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

/** The content of a table. By default the first column is aligned left, and all others, which contain numbers, right. */
export interface TableContent {
  readonly head: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
  readonly alignments?: readonly ('left' | 'right')[];
}

/** The lines of a table. */
export function renderTable({ head, rows, alignments }: TableContent, paint: Palette): string[] {
  const table = new Table({
    chars: frameless,
    colAligns: alignments === undefined ? head.map((_, index) => (index === 0 ? 'left' : 'right')) : [...alignments],
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  table.push(head.map(paint.quiet), ...rows.map((row) => row.map(paintCell)));
  return table
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`);
}

function paintCell(cell: TableCell): string {
  return typeof cell === 'string' ? printable(cell) : cell.painter(printable(cell.text));
}
