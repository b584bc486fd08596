// Explains the counterexamples of a search within limits, so that certifying a broken system does not take much longer than a correct one.
import type { Counterexample } from '../formats/counterexample.ts';
import { startDeadline } from '../platform/deadline.ts';
import { explain } from './explain.ts';
import type { CaseRun, RunContext } from './run-case.ts';

/** How many counterexamples are explained on a deterministic lane. */
const EXPLAINED_MAX = 8;

/** What explaining needs. */
export interface ExplainEachOptions extends RunContext {
  /** The runs of the counterexamples, by their ids. */
  readonly runs: ReadonlyMap<string, CaseRun>;
  /** The time for explaining all counterexamples together, in the order in which they were kept. */
  readonly timeMs: number;
}

/** Adds explanations to counterexamples, in place. */
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

/**
 * Whether tries are affordable. A counterexample that needs earlier runs would repeat them for each try; a livelock never ends by itself.
 */
function isWorthIt({ after, anomaly }: Counterexample): boolean {
  return after === undefined && anomaly?.kind !== 'livelock';
}
