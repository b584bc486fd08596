// A step of a check on a terminal: one line, and below it what else is known of one that failed.
import type { CheckStep } from '../harness/formats/check.ts';
import { palette, type RenderOptions } from './colors.ts';

const STEP_WIDTH = 14;

/** The lines of one step. What to change stands in the line that says what failed. */
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
