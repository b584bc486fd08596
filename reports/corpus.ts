// The corpus on a terminal: its entries, and what a command has made of it.
import type { CorpusReport } from '../harness/formats/corpus.ts';
import type { Result } from '../harness/formats/result.ts';
import { columnsOf, palette, type RenderOptions } from './colors.ts';
import { replayLines, replaySum } from './replays.ts';
import { renderTable } from './table.ts';
import { countOf, fitLine } from './wrap-text.ts';

/** The room that the other columns take at most. */
const OTHER_COLUMNS = 50;

/** What happened to the corpus in a certification: how many came out in each way, and a line for each that is not FIXED. */
export function corpusSummary({ lanes }: Pick<Result, 'lanes'>, options: RenderOptions): string[] {
  const replays = lanes.flatMap(({ corpus = [] }) => corpus);
  if (lanes.every(({ corpus }) => corpus === undefined)) return [];
  const open = replays.filter(({ outcome }) => outcome !== 'FIXED');
  return [`corpus: ${replaySum(replays)}`, ...replayLines(open, options)];
}

/** The entries as a table, below what was replayed, and then what was added and removed. */
export function renderCorpus(report: CorpusReport, options: RenderOptions): string {
  const { folder, entries, added, removed, replays } = report;
  const paint = palette(options.color);
  const width = Math.max(columnsOf(options) - OTHER_COLUMNS, OTHER_COLUMNS / 2);
  const rows = entries.map(({ id, system, lane, messages, faults, shows }) => {
    return [id, fitLine(system, 14), lane, String(messages), String(faults), fitLine(shows, width)];
  });
  const head = ['id', 'system', 'lane', 'messages', 'faults', 'what it shows'];
  const alignments = ['left', 'left', 'left', 'right', 'right', 'left'] as const;
  const sections = [
    replays.length === 0 ? [] : [...replayLines(replays, options), replaySum(replays)],
    entries.length === 0 ? [] : renderTable({ head, rows, alignments }, paint),
    [
      `${folder}: ${countOf(entries.length, 'entry', 'entries')}`,
      ...(added.length === 0 ? [] : [`added: ${added.join(', ')}`]),
      ...(removed.length === 0 ? [] : [`removed: ${removed.join(', ')}`]),
    ],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}
