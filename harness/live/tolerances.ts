// The time tolerances with which checkers judge a live run: delays of a loaded two-core machine, measured and rounded up.
import type { Tolerances } from '../formats/history.ts';
import type { SystemDescription } from '../formats/system-description.ts';

/** How far the observed duration of a 500 ms call can be off, in either direction, on two cores with a load of 28. */
export const CALL_NOISE_MS = 250;

/** How much longer than intended a wait inside a system can take on such a machine: a wait of 600 ms took more than 1,000 ms. */
export const LIVE_NOISE_MS = 500;

/** The tolerances of a system on the live lane. */
export function liveTolerances({ timings: { budgetMs } }: SystemDescription): Tolerances {
  return {
    budgetMs,
    timeoutCauseFromMs: budgetMs - 20,
    timeoutDoubtFromMs: budgetMs - CALL_NOISE_MS,
    budgetEpsilonMs: CALL_NOISE_MS,
    budgetDoubtMs: 2 * CALL_NOISE_MS,
    shadowEpsilonMs: CALL_NOISE_MS,
    livenessMs: 3_000,
    noiseMs: LIVE_NOISE_MS,
  };
}
