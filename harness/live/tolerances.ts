// The bounds that judge a live run: what a loaded two-core machine does to a 500 ms budget, measured and rounded up.
import type { Tolerances } from '../formats/history.ts';
import type { SystemDescription } from '../formats/system-description.ts';

/** How much longer or shorter than it is a call of 500 ms may look from outside, on two cores with a load of 28. */
const CALL_NOISE_MS = 250;

/** How much longer than it says a wait inside a system may take there: one of 600 ms was seen to outlast 1,000. */
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
