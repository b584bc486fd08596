// The tolerances and timings of histories that tests write by hand: the reference's budget, with the margins of an idle machine.
import type { History, Tolerances } from './history.ts';

/** The tolerances of a hand-written history, unless a test is about the tolerances themselves. */
export const SCRIPTED_TOLERANCES: Tolerances = {
  budgetMs: 500,
  timeoutCauseFromMs: 480,
  timeoutDoubtFromMs: 400,
  budgetEpsilonMs: 250,
  budgetDoubtMs: 500,
  shadowEpsilonMs: 250,
  livenessMs: 3_000,
  noiseMs: 0,
};

/** The times of the reference. */
export const SCRIPTED_TIMINGS: History['timings'] = {
  providerTimeoutMs: 1_000,
  leaseMs: 800,
  breakerProbeAfterMs: 500,
  flagStalenessMs: 0,
  breakerFailures: 5,
  breakerWindowMs: 1_000,
  breakerProbes: 1,
  reconcileGraceMs: 200,
};
