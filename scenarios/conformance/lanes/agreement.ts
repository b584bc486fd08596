// Compares the outcome of one scenario on one lane with that on the other. The receipts decide whether the two can be compared at all.
import type { Judged, JudgedWithRun } from '../verdicts.ts';
import { STRAINED_MS } from './machine-watch.ts';

/** A live run, and for how long without a break all cores were taken during it. */
export interface WatchedRun extends JudgedWithRun {
  readonly strainedMs: number;
}

/** How the lanes agree in one scenario. `not compared`: the live lane has no history, or one with disturbed observers. */
export type Agreement = 'same' | 'different' | 'other faults bit' | 'not compared';

/** Compares verdicts, the violated properties included, where the same faults bit. */
export function agreementOf(sim: Judged, live: JudgedWithRun): Agreement {
  if (live.run === undefined || live.run.observerProblems.length > 0) return 'not compared';
  if (sim.bites.join() !== live.bites.join()) return 'other faults bit';
  return sim.verdict === live.verdict ? 'same' : 'different';
}

/** Whether the live lane may try again, alone: only for what the observers report or the machine shows, never for what came of it. */
export function mayTryAgain(agreement: Agreement, { strainedMs }: WatchedRun): boolean {
  return agreement === 'not compared' || (agreement !== 'same' && strainedMs >= STRAINED_MS);
}
