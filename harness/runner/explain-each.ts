// Explains the counterexamples of a search, as far as there is room: a broken system must not take much longer than one that passes.
import type { Counterexample } from '../formats/counterexample.ts';
import { explain } from './explain.ts';
import type { CaseRun, RunContext } from './run-case.ts';

/** On a lane of real processes: how long all counterexamples together may take, in the order in which they were kept. */
const LIVE_TIME_MS = 30_000;

/** On a deterministic lane: for how many counterexamples it is done. */
const EXPLAINED_MAX = 8;

/** What explaining needs. */
export interface ExplainEachOptions extends RunContext {
  /** The runs of the counterexamples, by their ids. */
  readonly runs: ReadonlyMap<string, CaseRun>;
  readonly liveTimeMs?: number | undefined;
}

/** Explains counterexamples in place. One that came after other runs is left as it is: each try would have to make those again. */
export async function explainEach(counterexamples: Counterexample[], options: ExplainEachOptions): Promise<void> {
  const { runs, executor, liveTimeMs = LIVE_TIME_MS } = options;
  const deadline = new AbortController();
  const timer = executor.isDeterministic ? undefined : setTimeout(() => deadline.abort(), liveTimeMs);
  const signal = options.signal === undefined ? deadline.signal : AbortSignal.any([options.signal, deadline.signal]);
  try {
    const most = executor.isDeterministic ? EXPLAINED_MAX : Infinity;
    for (const [index, stored] of counterexamples.entries()) {
      const { id, after, fingerprint } = stored;
      const run = runs.get(id);
      if (index >= most || signal.aborted || run === undefined || after !== undefined || fingerprint === undefined)
        continue;
      const explanation = await explain({ ...options, signal, run, fingerprint });
      if (explanation !== undefined) counterexamples[index] = { ...stored, explanation };
    }
  } finally {
    clearTimeout(timer);
  }
}
