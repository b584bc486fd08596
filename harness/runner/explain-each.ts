// Explains the counterexamples of a search, as far as there is room: a broken system must not take much longer than one that passes.
import type { Counterexample } from '../formats/counterexample.ts';
import { startDeadline } from '../platform/deadline.ts';
import { explain } from './explain.ts';
import type { CaseRun, RunContext } from './run-case.ts';

/** On a deterministic lane: for how many counterexamples it is done. */
const EXPLAINED_MAX = 8;

/** What explaining needs. */
export interface ExplainEachOptions extends RunContext {
  /** The runs of the counterexamples, by their ids. */
  readonly runs: ReadonlyMap<string, CaseRun>;
  /** How long all counterexamples together may take, in the order in which they were kept. */
  readonly timeMs: number;
}

/** Explains counterexamples in place. */
export async function explainEach(counterexamples: Counterexample[], options: ExplainEachOptions): Promise<void> {
  const { runs, executor, timeMs } = options;
  if (timeMs === 0) return;
  const deadline = startDeadline(timeMs, options.signal);
  const { signal } = deadline;
  const most = executor.isDeterministic ? EXPLAINED_MAX : Infinity;
  try {
    for (const [index, stored] of counterexamples.slice(0, most).entries()) {
      const run = runs.get(stored.id);
      if (signal.aborted || run === undefined || !isWorthIt(stored)) continue;
      const explanation = await explain({ ...options, signal, run, fingerprint: stored.fingerprint });
      if (explanation !== undefined) counterexamples[index] = { ...stored, explanation };
    }
  } finally {
    deadline.clear();
  }
}

/** One that came after other runs would have to make those again for each try, and each try of a livelock is waited for in vain. */
function isWorthIt({ after, anomaly }: Counterexample): boolean {
  return after === undefined && anomaly?.kind !== 'livelock';
}
