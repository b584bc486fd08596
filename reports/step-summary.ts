// The summary of a job on GitHub, as Markdown: the verdict, its reasons, and the counterexamples as plain text.
import type { Verdict } from '../harness/formats/decision.ts';
import type { GateReport } from '../harness/formats/gate.ts';
import type { ReplaysReport } from '../harness/formats/replays.ts';
import { baselineLines } from './baseline-lines.ts';
import { counterexampleSections, type FoundParts } from './counterexample-sections.ts';
import { describeReason } from './describe-reason.ts';
import { renderGateLines } from './gate-lines.ts';
import { besideAcceptedLines, gatesHeadline, headline, metaLines } from './headline.ts';
import type { Report } from './html/report.ts';
import { escapedMarkdown, fencedText } from './markdown-safe.ts';
import { notReachedLines } from './not-reached-lines.ts';
import { renderReplays, replaySum } from './replays.ts';
import { countOf } from '../harness/history/counted-words.ts';
import { printable } from './wrap-text.ts';

const REASONS_MAX = 20;

const SIGNS: Readonly<Partial<Record<Verdict, string>>> = { pass: '✅', violation: '❌' };

/** The parts of a report that a summary needs. */
export type SummaryParts = Pick<Report, 'result' | 'counterexamples' | 'replayLine'>;

/** A gate report with the counterexamples of its runs. */
export interface GateParts extends FoundParts {
  readonly report: GateReport;
}

/** The Markdown of a certification. Text from the system is escaped, so that none of it becomes markup. */
export function renderStepSummary({ result, ...found }: SummaryParts): string {
  const { reasons, lanes, baseline } = result;
  const more = reasons.length - REASONS_MAX;
  return textOf([
    titleLine(result, headline(result)),
    '',
    ...[...besideAcceptedLines(result), ...notReachedLines(result)].map((line) => `- ${escapedMarkdown(line)}`),
    ...reasons.slice(0, REASONS_MAX).map((reason) => `- ${escapedMarkdown(describeReason(reason))}`),
    ...(more > 0 ? [`- and ${countOf(more, 'more reason')}, see results.json`] : []),
    ...metaLines(lanes).map((line) => `- ${escapedMarkdown(line)}`),
    ...(baseline === undefined ? [] : ['', ...fencedText(baselineLines(baseline).map(printable).join('\n'))]),
    ...counterexampleSections(found, 'results.json'),
  ]);
}

/** The Markdown of a gate report: its lines as on a terminal, and the counterexamples of its runs. */
export function renderGateSummary({ report, ...found }: GateParts): string {
  return textOf([
    titleLine(report, gatesHeadline(report)),
    '',
    ...besideAcceptedLines(report).flatMap((line) => [escapedMarkdown(line), '']),
    ...fencedText(renderGateLines(report, { color: false })),
    ...counterexampleSections(found, 'gates.json'),
  ]);
}

/** The Markdown of replays: the sum of their outcomes, and a line for each; empty if nothing was replayed. */
export function renderReplaySummary(report: ReplaysReport): string {
  if (report.replays.length === 0) return '';
  const lines = fencedText(renderReplays(report, { color: false }));
  return textOf([titleLine(report, replaySum(report.replays)), '', ...lines]);
}

function titleLine({ verdict }: { readonly verdict: Verdict }, words: string): string {
  return `## ${SIGNS[verdict] ?? '⚠️'} Onesend: ${escapedMarkdown(words)}`;
}

function textOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
