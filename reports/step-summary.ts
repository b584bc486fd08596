// The summary of a job on GitHub, as Markdown: the verdict, why, and each counterexample with its picture as text.
import type { Verdict } from '../harness/formats/decision.ts';
import type { GateReport } from '../harness/formats/gate.ts';
import { baselineLines } from './baseline-lines.ts';
import { counterexampleSections, type FoundParts } from './counterexample-sections.ts';
import { describeReason } from './describe-reason.ts';
import { renderGateLines } from './gate-lines.ts';
import { gatesHeadline, headline, metaLines } from './headline.ts';
import type { Report } from './html/report.ts';
import { escapedMarkdown, fencedText } from './markdown-safe.ts';
import { countOf, printable } from './wrap-text.ts';

const REASONS_MAX = 20;

const SIGNS: Readonly<Partial<Record<Verdict, string>>> = { pass: '✅', violation: '❌' };

/** The parts of a report that a summary is made of. */
export type SummaryParts = Pick<Report, 'result' | 'counterexamples' | 'replayLine'>;

/** The outcome of gates, and the violating runs among theirs. */
export interface GateParts extends FoundParts {
  readonly report: GateReport;
}

/** The Markdown of a certification. Nothing that a system says of itself can end up as markup. */
export function renderStepSummary({ result, ...found }: SummaryParts): string {
  const { reasons, lanes, baseline } = result;
  const more = reasons.length - REASONS_MAX;
  return textOf([
    titleLine(result, headline(result)),
    '',
    ...reasons.slice(0, REASONS_MAX).map((reason) => `- ${escapedMarkdown(describeReason(reason))}`),
    ...(more > 0 ? [`- and ${countOf(more, 'more reason')}, see results.json`] : []),
    ...metaLines(lanes).map((line) => `- ${escapedMarkdown(line)}`),
    ...(baseline === undefined ? [] : ['', ...fencedText(baselineLines(baseline).map(printable).join('\n'))]),
    ...counterexampleSections(found, 'results.json'),
  ]);
}

/** The Markdown of a report of gates: their lines as on a terminal, and the pictures of the runs that violate. */
export function renderGateSummary({ report, ...found }: GateParts): string {
  return textOf([
    titleLine(report, gatesHeadline(report)),
    '',
    ...fencedText(renderGateLines(report, { color: false })),
    ...counterexampleSections(found, 'gates.json'),
  ]);
}

function titleLine({ verdict }: { readonly verdict: Verdict }, words: string): string {
  return `## ${SIGNS[verdict] ?? '⚠️'} Onesend: ${escapedMarkdown(words)}`;
}

function textOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
