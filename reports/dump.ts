// A dump of the simulated world on a terminal: processes, connections, transactions, locks, tables and the queue of future events.
import type { Dump, WorldState } from '../harness/formats/dump.ts';
import { type Palette, palette, type RenderOptions } from './colors.ts';
import { countOf } from '../harness/history/counted-words.ts';
import { printable } from './wrap-text.ts';

type Row = WorldState['tables'][number]['rows'][number];
type Cells = NonNullable<Row['committed']>;

/** The text of a dump. Nothing is cut off: its reader needs every detail. */
export function renderDump({ atMs, system, scenario, world }: Dump, { color }: RenderOptions): string {
  const paint = palette(color);
  const over = world.isOver ? ', the run was over' : '';
  const title = `the world of ${system} in '${scenario}' at ${atMs} ms (last event at ${world.lastMs} ms${over})`;
  const sections: [string, string[]][] = [
    ['processes', world.processes.flatMap(processLines)],
    ['connections', world.connections.map(connectionLine)],
    ['transactions', world.transactions.map(transactionLine)],
    ['locked keys', world.keys.map(keyLine)],
    ['tables', world.tables.flatMap((table) => tableLines(table, paint))],
    ['future events', world.queue.map(eventLine)],
  ];
  const shown = sections.flatMap(([name, lines]) => [
    '',
    lines.length === 0 ? `${paint.strong(name)}: none` : paint.strong(name),
    ...lines.map((line) => `  ${line}`),
  ]);
  return [printable(title), ...shown].join('\n');
}

function processLines({
  process,
  incarnation,
  state,
  underWay,
  parked,
  waitsFor,
}: WorldState['processes'][number]): string[] {
  const life =
    incarnation === null
      ? ''
      : `, ${incarnation}, ${countOf(underWay, 'request or task', 'requests or tasks')} under way`;
  return [
    `${process}: ${state}${life}`,
    ...waitsFor.map((what) => `  waits for ${printable(what)}`),
    ...parked.map((what) => `  when it goes on: ${printable(what)}`),
  ];
}

function connectionLine({ from, to, what, sinceMs, state }: WorldState['connections'][number]): string {
  return printable(`${from} to ${to}: ${what}, since ${sinceMs} ms: ${state}`);
}

function transactionLine({ name, state, changes, waitsFor }: WorldState['transactions'][number]): string {
  const changed = changes.length === 0 ? 'no change yet' : changes.join(', ');
  return printable(`${name}: ${state}${waitsFor === undefined ? '' : ` for ${waitsFor}`}; ${changed}`);
}

function keyLine({ key, lockedBy, waiting }: WorldState['keys'][number]): string {
  return printable(`${key}: ${lockedBy}${waitingWords(waiting)}`);
}

function tableLines({ table, rows }: WorldState['tables'][number], paint: Palette): string[] {
  return [
    `${table}${rows.length === 0 ? ': no row' : ''}`,
    ...rows.flatMap((row) => rowLines(row, paint).map((line) => `  ${line}`)),
  ];
}

/** The committed row; if a transaction holds its lock, a second line with the uncommitted change and the transactions that wait. */
function rowLines({ committed, draft, lockedBy, waiting }: Row, paint: Palette): string[] {
  const lines = [committed === null ? '(not committed)' : cellWords(committed)];
  if (lockedBy === undefined) return lines;
  const change =
    draft === undefined ? 'unchanged so far' : draft === null ? 'deletes it' : cellWords(differing(draft, committed));
  return [...lines, paint.doubtful(`  locked by ${printable(lockedBy)}: ${change}${waitingWords(waiting)}`)];
}

function differing(draft: Cells, committed: Cells | null): Cells {
  return Object.fromEntries(Object.entries(draft).filter(([column, value]) => committed?.[column] !== value));
}

function cellWords(cells: Cells): string {
  return printable(
    Object.entries(cells)
      .map(([column, value]) => `${column}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' '),
  );
}

function waitingWords(waiting: readonly string[]): string {
  return waiting.length === 0 ? '' : printable(`; waiting: ${waiting.join(', ')}`);
}

function eventLine({ atMs, what, wakes, isIdle }: WorldState['queue'][number]): string {
  const about = [wakes === null ? [] : [`wakes ${wakes}`], isIdle ? ['nothing waits for it'] : []].flat();
  return printable(`${atMs} ms: ${what}${about.length === 0 ? '' : ` (${about.join(', ')})`}`);
}
