// The tries of a check: what a busy machine may have spoiled is tried again, and a step that fails nevertheless says that it may be the machine.
import type { Disturbable } from '../disturbed.ts';
import { isOk, type StepResult } from './walk.ts';

/** The most tries, counting those that the machine disturbed. */
const TRIES_MAX = 10;

/** The most tries that the machine did not disturb, as far as was noticed: the first answers of cold processes can come too late. */
const FAIR_TRIES_MAX = 3;

const BUSY = 'the machine was too busy for this step: repeat the check while less runs beside it';

/** Repeats a try until its result is good, and returns the last try. Tries that the machine disturbed do not count as fair. */
export async function tryUntil<T>(
  isGood: (result: T) => boolean,
  makeTry: () => Promise<Disturbable<T>>,
  fairTriesMax = FAIR_TRIES_MAX,
): Promise<Disturbable<T>> {
  let fair = 0;
  for (let tries = 1; ; tries += 1) {
    const made = await makeTry();
    if (!made.wasDisturbed) fair += 1;
    if (isGood(made.result) || fair === fairTriesMax || tries === TRIES_MAX) return made;
  }
}

/** Tries a step until it succeeds. */
export async function tryStep(
  makeTry: () => Promise<Disturbable<StepResult>>,
  fairTriesMax?: number,
): Promise<StepResult> {
  return inDoubt(await tryUntil(isOk, makeTry, fairTriesMax));
}

/** Adds to a failed step that the machine may be the reason, if it disturbed the step. */
export function inDoubt({ result, wasDisturbed }: Disturbable<StepResult>): StepResult {
  if (result.outcome !== 'failed' || !wasDisturbed) return result;
  return { ...result, details: [BUSY, ...(result.details ?? [])] };
}
