// The bounds of histories that tests write by hand: the reference's budget, with the margins of a calm machine.
import type { Tolerances } from './history.ts';

/** What a hand-written history is judged with, unless a test is about the bounds themselves. */
export const SCRIPTED_TOLERANCES: Tolerances = {
  budgetMs: 500,
  timeoutCauseFromMs: 480,
  timeoutDoubtFromMs: 400,
  budgetEpsilonMs: 250,
  budgetDoubtMs: 500,
  livenessMs: 3_000,
};
