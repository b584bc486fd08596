// The table of mutants: which properties kill each, the size of its counterexample, and the cost of searching for it.
import { isGoodOutcome, type MutantRow, type MutantsReport } from '../harness/formats/mutants.ts';
import { type Palette, palette, type RenderOptions } from './colors.ts';
import { type TableCell, renderTable } from './table.ts';
import { countOf, grouped } from '../harness/history/counted-words.ts';
import { printable } from './wrap-text.ts';

const HEAD = ['id', 'name', 'lanes', 'killed by', 'runs', 'messages', 'faults', 'deviations', 'seconds'] as const;
const SEARCH_HEAD = ['by the ladder', 'at random'] as const;

/** The table, a line for each mutant whose outcome is not `killed`, and the totals. */
export function renderMutants(report: MutantsReport, options: RenderOptions): string {
  const paint = palette(options.color);
  const { mutants } = report;
  const hasSearch = mutants.some(({ search }) => search !== undefined);
  const head = hasSearch ? [...HEAD, ...SEARCH_HEAD] : HEAD;
  const table = renderTable(
    {
      head,
      rows: mutants.map((row) => rowOf(row, { paint, hasSearch })),
      alignments: head.map((_, index) => (index < LEFT ? 'left' : 'right')),
    },
    paint,
  );
  return [...table, '', ...mutants.flatMap((row) => remarkOf(row)), sumOf(mutants, paint)].join('\n');
}

/** The number of leading columns that contain words and are aligned left. */
const LEFT = 4;

function rowOf(row: MutantRow, { paint, hasSearch }: { paint: Palette; hasSearch: boolean }): TableCell[] {
  const { id, name, lanes, outcome, namedBy, runs, size, durationMs, search } = row;
  const word = outcome === 'killed' ? namedBy.join(' ') : outcome.replaceAll('-', ' ');
  const painter = isGoodOutcome(outcome) ? paint.good : paint.bad;
  const counts = size === null ? ['-', '-', '-'] : [size.messages, size.faults, size.deviations].map(String);
  const efforts = [search?.ladder, search?.random].map((effort) => {
    if (effort === undefined) return '-';
    return effort.isFound ? grouped(effort.runs) : `none in ${grouped(effort.runs)}`;
  });
  return [
    id,
    name,
    lanes.length === 0 ? '-' : lanes.join(' '),
    { text: word, painter },
    grouped(runs),
    ...counts,
    (durationMs / 1_000).toFixed(2),
    ...(hasSearch ? efforts : []),
  ];
}

/** Details about a mutant that are not in the table; none for a killed one. */
function remarkOf({ id, outcome, namedBy, note }: MutantRow): string[] {
  if (outcome === 'killed') return [];
  const named = namedBy.length === 0 ? [] : [`named by ${namedBy.join(', ')}`];
  const details = [...named, ...(note === '' ? [] : [note])].map(printable).join('; ');
  return [`  ${id}: ${outcome.replaceAll('-', ' ')}${details === '' ? '' : `: ${details}`}`];
}

function sumOf(mutants: readonly MutantRow[], paint: Palette): string {
  const bad = mutants.filter(({ outcome }) => !isGoodOutcome(outcome));
  const killed = mutants.filter(({ outcome }) => outcome === 'killed').length;
  const sum = `${countOf(mutants.length, 'mutant')}, ${killed} killed`;
  if (bad.length === 0) return paint.good(`${sum}.`);
  return paint.bad(`${sum}, ${bad.length} not: ${bad.map(({ id }) => id).join(', ')}.`);
}
