// Compares the outcomes of one scenario on the two lanes. They are comparable only if the receipts show the same faults on both.
import type { Judged, JudgedWithRun } from '../verdicts.ts';
import { STRAINED_MS } from './machine-watch.ts';

/** A live run, and the longest time during it in which all cores were busy without a break. */
export interface WatchedRun extends JudgedWithRun {
  readonly strainedMs: number;
}

/** How the lanes agree in one scenario. `not compared`: the live lane has no history, or its observers report problems. */
export type Agreement = 'same' | 'different' | 'other faults bit' | 'not compared';

/** Compares the verdicts, with their violated properties, if the same faults took effect. */
export function agreementOf(sim: Judged, live: JudgedWithRun): Agreement {
  if (live.run === undefined || live.run.observerProblems.length > 0) return 'not compared';
  if (sim.bites.join() !== live.bites.join()) return 'other faults bit';
  return sim.verdict === live.verdict ? 'same' : 'different';
}

/** Whether the live lane may run the scenario again, alone. Observers or the machine decide that, never the verdict. */
export function mayTryAgain(agreement: Agreement, { strainedMs }: WatchedRun): boolean {
  return agreement === 'not compared' || (agreement !== 'same' && strainedMs >= STRAINED_MS);
}
