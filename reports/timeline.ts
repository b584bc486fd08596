// A history as a sequence diagram in plain text: what a person looks at to see the bug.
import { PROPERTIES } from '../harness/formats/finding.ts';
import type { History } from '../harness/formats/history.ts';
import { faultWords } from './fault-words.ts';
import { countOf, fitLine, printable, wrapText } from './wrap-text.ts';
import { columnsOf, palette, type RenderOptions } from './colors.ts';
import { drawHead, drawRow, geometryOf } from './timeline/draw.ts';
import { rowsOf } from './timeline/rows.ts';
import { acceptCounts } from './timeline/send-rows.ts';
import { type HistoryWithFindings, type Subject, subjectOf } from './timeline/subject.ts';

/** No timeline has more lines than this. */
export const TIMELINE_LINES_MAX = 20;

/** What a short timeline has: the lanes and four rows. */
const SHORT_TIMELINE_LINES = 5;

/** Title, lanes, a line for what was left out, and two lines for the finding. */
const linesAroundRows = 5;

/** A timeline of at most 20 lines that ends with the finding's sentence. A counterexample can be given as it is. */
export function renderTimeline(subject: HistoryWithFindings, options: RenderOptions): string {
  const seen = subjectOf(subject);
  const columns = columnsOf(options);
  const paint = palette(options.color);
  const { rows, dropped } = rowsOf(seen, TIMELINE_LINES_MAX - linesAroundRows);
  const geometry = geometryOf(rows, columns);
  return [
    paint.strong(fitLine(titleOf(seen), columns)),
    drawHead(geometry, paint),
    ...rows.map((row) => drawRow(row, { geometry, paint })),
    ...(dropped > 0 ? [paint.quiet(`        ... ${countOf(dropped, 'less telling row')} not shown`)] : []),
    ...wrapText(findingSentence(seen), { columns, lines: 2 }).map(seen.finding === undefined ? paint.good : paint.bad),
  ].join('\n');
}

/** The same in five lines: the lanes and the four rows that matter most. */
export function renderShortTimeline(subject: HistoryWithFindings, options: RenderOptions): string {
  const { rows } = rowsOf(subjectOf(subject), SHORT_TIMELINE_LINES - 1);
  const geometry = geometryOf(rows, columnsOf(options));
  const paint = palette(options.color);
  return [drawHead(geometry, paint), ...rows.map((row) => drawRow(row, { geometry, paint }))].join('\n');
}

/** How often the provider took the message that it took most often. */
export function sendsOf(history: History): number {
  return Math.max(0, ...acceptCounts(subjectOf({ history, findings: [] })).values());
}

/** One sentence on how often each message was sent, from what the provider accepted. */
export function sendSentence(history: History): string {
  const counts = acceptCounts(subjectOf({ history, findings: [] }));
  const times = history.items.map(({ item }) => counts.get(item) ?? 0);
  if (times.length === 1) return `1 message, sent ${timesWords(times[0] ?? 0)}`;
  const most = Math.max(...times, 0);
  const least = Math.min(...times, most);
  return `${countOf(times.length, 'message')}, sent ${least === most ? timesWords(most) : `${least} to ${most} times`} each`;
}

function timesWords(times: number): string {
  return times === 1 ? 'once' : times === 2 ? 'TWICE' : times === 0 ? 'never' : `${times} TIMES`;
}

function titleOf({ history, items }: Subject): string {
  const { scenario } = history;
  const faults = scenario.faults.map(faultWords).join('; ') || 'none';
  return `${printable(history.system)}, ${printable(scenario.name)}: ${countOf(items.size, 'message')}; faults: ${faults}`;
}

function findingSentence(seen: Subject): string {
  const { finding } = seen;
  if (finding === undefined) return sendSentence(seen.history);
  return `${finding.property} ${PROPERTIES[finding.property]}: ${finding.message}`;
}
