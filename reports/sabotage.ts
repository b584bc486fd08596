// The table of wire mutants: which properties see each of them on a pair of systems, and which mutants the rig does not see.
import {
  countSabotage,
  type SabotageOutcome,
  type SabotageReport,
  type SabotageRow,
} from '../harness/formats/sabotage.ts';
import { type Palette, palette, type RenderOptions } from './colors.ts';
import { type TableCell, renderTable } from './table.ts';
import { printable, wrapText } from './wrap-text.ts';
import { grouped } from '../harness/history/counted-words.ts';

const HEAD = ['id', 'name', 'at', 'seen by', 'runs', 'seconds'] as const;
/** The number of leading columns that contain words and are aligned left. */
const LEFT = 4;

/** The table, a line for each mutant whose outcome is not `seen`, and the total. */
export function renderSabotage({ mutants }: SabotageReport, options: RenderOptions): string {
  const paint = palette(options.color);
  const table = renderTable(
    {
      head: HEAD,
      rows: mutants.map((row) => rowOf(row, paint)),
      alignments: HEAD.map((_, index) => (index < LEFT ? 'left' : 'right')),
    },
    paint,
  );
  const remarks = mutants.flatMap(remarkOf);
  return [...table, '', ...remarks.map((remark) => `  ${remark}`), sumOf(mutants, paint)].join('\n');
}

/** How many of the applicable wire mutants were seen. */
export function sabotageLine(rows: readonly SabotageRow[]): string {
  const { seen, applicable } = countSabotage(rows);
  return `wire sabotage seen: ${seen} of ${applicable}`;
}

/** A short summary: the total, which properties saw each wire mutant, and a line for each whose outcome is not `seen`. */
export function sabotageSummary(
  rows: readonly SabotageRow[],
  { paint, columns }: { readonly paint: Palette; readonly columns: number },
): string[] {
  const seen = rows.flatMap(({ id, outcome, namedBy }) =>
    outcome === 'seen' ? [`${id} by ${namedBy.join(' ')}`] : [],
  );
  const wrapped = (text: string, lines: number): string[] =>
    wrapText(text, { columns: columns - 2, lines }).map((line) => `  ${line}`);
  return [
    sumOf(rows, paint),
    ...wrapped(seen.join(', '), 10),
    ...rows.flatMap(remarkOf).flatMap((line) => wrapped(line, 2)),
  ];
}

/** The total, and a sentence about each wire mutant. */
export function sabotageLines(rows: readonly SabotageRow[]): string[] {
  const states = rows.flatMap((row) => {
    const { id, name, outcome, does, namedBy } = row;
    return outcome === 'seen' ? [`${id} ${name}: ${does}: seen by ${namedBy.join(', ')}`] : remarkOf(row);
  });
  return [sabotageLine(rows), ...states];
}

/** A sentence about a mutant whose outcome is not `seen`; none if it is. */
export function remarkOf({ id, does, outcome, namedBy, note }: SabotageRow): string[] {
  if (outcome === 'seen') return [];
  const named = namedBy.length === 0 ? [] : [`named by ${namedBy.join(', ')}`];
  const what = outcome === 'blind' ? [does] : [];
  const details = [...what, ...named, ...(note === '' ? [] : [note])].map(printable).join('; ');
  return [`${id}: ${WORDS[outcome]}${details === '' ? '' : `: ${details}`}`];
}

const WORDS: Readonly<Record<SabotageOutcome, string>> = {
  seen: 'seen',
  surprise: 'surprise',
  blind: 'BLIND',
  'not-reached': 'not reached',
  'broken-baseline': 'broken baseline',
  'not-applicable': 'n/a',
};

function rowOf(row: SabotageRow, paint: Palette): TableCell[] {
  const { id, name, at, outcome, namedBy, runs, durationMs } = row;
  const word = outcome === 'seen' ? namedBy.join(' ') : WORDS[outcome];
  const painter = outcome === 'blind' ? paint.bad : outcome === 'seen' ? paint.good : paint.doubtful;
  return [id, name, at, { text: word, painter }, grouped(runs), (durationMs / 1_000).toFixed(1)];
}

function sumOf(rows: readonly SabotageRow[], paint: Palette): string {
  const { seen, applicable } = countSabotage(rows);
  return seen === applicable ? paint.good(sabotageLine(rows)) : paint.bad(sabotageLine(rows));
}
