// Variations of a case: the same scenario with other random numbers and at other times, for statements that must not depend on either.
import type { Case } from '../formats/case.ts';
import type { Fault } from '../formats/fault.ts';
import type { Step } from '../formats/scenario.ts';

/** The delays of the variations, in milliseconds. Apart from 0, none is a multiple of a time that systems use. */
const SHIFTS_MS = [0, 3, 0, 7, 0, 17, 0, 37, 0, 113] as const;

/** Makes ten variations. Each has another seed, and so other uuids; in every second one all steps and faults come a little later. */
export function variationsOf({ scenario, deviations }: Case): Case[] {
  return SHIFTS_MS.map((byMs, index) => ({
    scenario: {
      ...scenario,
      seed: scenario.seed + index + 1,
      steps: scenario.steps.map((step) => putOffStep(step, byMs)),
      faults: scenario.faults.map((fault) => putOffFault(fault, byMs)),
    },
    deviations,
  }));
}

function putOffStep(step: Step, byMs: number): Step {
  if (step.kind === 'reconcile') return step.atMs === undefined ? step : { ...step, atMs: step.atMs + byMs };
  return { ...step, atMs: step.atMs + byMs };
}

function putOffFault(fault: Fault, byMs: number): Fault {
  const late = { ...fault };
  if ('atMs' in late) late.atMs += byMs;
  if ('fromMs' in late) late.fromMs += byMs;
  if ('untilMs' in late) late.untilMs += byMs;
  return late;
}
