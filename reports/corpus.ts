// The corpus on a terminal: its entries, their replays, and the entries that a command added or removed.
import type { CorpusReport } from '../harness/formats/corpus.ts';
import type { Result } from '../harness/formats/result.ts';
import { columnsOf, palette, type RenderOptions } from './colors.ts';
import { replayLines, replaySum } from './replays.ts';
import { renderTable } from './table.ts';
import { countOf } from '../harness/history/counted-words.ts';
import { fitLine } from './wrap-text.ts';

/** The maximum width of the other columns together. */
const OTHER_COLUMNS = 50;

/** The replays of the corpus in a certification: how many had each outcome, and a line for each that is not FIXED. */
export function corpusSummary({ lanes }: Pick<Result, 'lanes'>, options: RenderOptions): string[] {
  const replays = lanes.flatMap(({ corpus = [] }) => corpus);
  if (lanes.every(({ corpus }) => corpus === undefined)) return [];
  const open = replays.filter(({ outcome }) => outcome !== 'FIXED');
  return [`corpus: ${replaySum(replays)}`, ...replayLines(open, options)];
}

/** The replays, the entries as a table, and which entries were added and removed. */
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
