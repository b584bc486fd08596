// The steps of a `check` on a terminal: one line per step, and details below a step that failed.
import type { CheckReport, CheckStep } from '../harness/formats/check.ts';
import { PROPERTY_IDS } from '../harness/formats/finding.ts';
import { groupBy } from '../harness/history/group-by.ts';
import { columnsOf, palette, type RenderOptions } from './colors.ts';
import { readingLines } from './reading-lines.ts';
import { countOf } from '../harness/history/counted-words.ts';

const STEP_WIDTH = 14;

/** The lines of one step. The line of a failed step also says what to change. */
export function checkLines({ step, outcome, finding, hint, details }: CheckStep, render: RenderOptions): string[] {
  const paint = palette(render.color);
  const name = step.padEnd(STEP_WIDTH);
  switch (outcome) {
    case 'ok':
      return [`${name}  ${paint.good('ok')}: ${finding}`];
    case 'failed': {
      const advice = hint === undefined ? '' : ` (${hint})`;
      return [`${name}  ${paint.bad('FAILED')}: ${finding}${advice}`, ...details.map((line) => `    ${line}`)];
    }
    case 'not-applicable':
      return [`${name}  ${paint.quiet('not applicable')}: ${finding}`];
    case 'not-tried':
      return [`${name}  ${paint.quiet('not tried')}: ${finding}`];
  }
}

/** The lines below all steps: the readings, which properties can be judged, and whether the pair can be certified. */
export function checkVerdict(report: CheckReport, render: RenderOptions): string {
  const canvas = { paint: palette(render.color), columns: columnsOf(render) };
  return [...readingLines(report.readings, canvas), judgedLine(report.hidden), certifiableWords(report)].join('\n');
}

/** Whether the pair can be certified and, if not, why. */
export function certifiableWords({ system, isGood, steps }: CheckReport): string {
  return isGood
    ? `${system} can be certified: onesend certify`
    : `${system} cannot be certified yet: ${obstacleOf(steps)}.`;
}

function obstacleOf(steps: readonly CheckStep[]): string {
  const failures = steps.filter(({ outcome }) => outcome === 'failed');
  return failures.length > 0
    ? `${countOf(failures.length, 'step')} FAILED`
    : "no property can be judged: `vantages` replaces its default, so let it list 'wire' and 'database' too";
}

/** `can be judged: 26 of 29 properties; not S15 L6 (breaker), S17 (reconciliation); S3 S20 L7 do not apply (authority)`. */
function judgedLine(hidden: CheckReport['hidden']): string {
  const unseen = hidden.filter(({ applies }) => applies);
  const others = hidden.filter(({ applies }) => !applies);
  const applying = PROPERTY_IDS.length - others.length;
  return [
    `can be judged: ${applying - unseen.length} of ${applying} properties`,
    ...(unseen.length === 0 ? [] : [`not ${byWhatIsMissing(unseen, (ids, missing) => `${ids} (${missing})`)}`]),
    ...(others.length === 0 ? [] : [byWhatIsMissing(others, (ids, missing) => `${ids} do not apply (${missing})`)]),
  ].join('; ');
}

function byWhatIsMissing(hidden: CheckReport['hidden'], words: (ids: string, missing: string) => string): string {
  return [...groupBy(hidden, ({ missing }) => missing.join(', '))]
    .map(([missing, properties]) => words(properties.map(({ id }) => id).join(' '), missing))
    .join(', ');
}
