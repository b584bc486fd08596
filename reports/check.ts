// A step of a check on a terminal: one line, and below it what else is known of one that failed.
import type { CheckReport, CheckStep } from '../harness/formats/check.ts';
import { columnsOf, palette, type RenderOptions } from './colors.ts';
import { readingLines } from './reading-lines.ts';
import { countOf } from './wrap-text.ts';

const STEP_WIDTH = 14;

/** The lines of one step. What to change is in the line that says what failed. */
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

/** What is below all steps: the readings by which the pair would be judged, and whether it can be. */
export function checkVerdict({ system, readings, steps }: CheckReport, render: RenderOptions): string {
  const failures = steps.filter(({ outcome }) => outcome === 'failed');
  const verdict =
    failures.length === 0
      ? `${system} can be certified: onesend certify`
      : `${system} cannot be certified yet: ${countOf(failures.length, 'step')} FAILED.`;
  const canvas = { paint: palette(render.color), columns: columnsOf(render) };
  return [...readingLines(readings, canvas), verdict].join('\n');
}
