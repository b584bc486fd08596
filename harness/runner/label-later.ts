// Labels counterexamples of processes that make several runs: one that no fresh process shows needs earlier runs of its process.
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import { FRESH } from '../formats/runs-before.ts';
import { type CaseRun, runOnce, type RunContext } from './run-case.ts';
import { runInOrder } from './run-in-order.ts';

/** How many fresh processes try to show it: as many as in a replay, because races of real processes have different outcomes. */
const ATTEMPTS = 3;

/** The label names no earlier runs: finding out which of them are needed would take seconds for each try. */
const NOTHING_KNOWN = { batches: [], beside: [], place: 0 };

/**
 * Labels counterexamples in place; `runs` holds their runs by their ids. They still count as violations, because their histories show it.
 */
export async function labelLater(
  counterexamples: Counterexample[],
  runs: ReadonlyMap<string, CaseRun>,
  context: RunContext,
): Promise<void> {
  await runInOrder({
    tasks: [...counterexamples.entries()],
    capacity: context.executor.capacity,
    keepsBegun: true,
    isOver: () => context.signal?.aborted === true,
    run: async ([, stored]) => runs.get(stored.id)?.place !== undefined && (await isHiddenFromFresh(stored, context)),
    onResult: (isHidden, [index, stored]) => {
      const place = runs.get(stored.id)?.place;
      if (isHidden && place !== undefined)
        counterexamples[index] = { ...stored, after: { ...place, ...NOTHING_KNOWN } };
      return true;
    },
  });
}

/** Whether all attempts of fresh processes ran, and none showed the violation. */
async function isHiddenFromFresh({ case: tried, fingerprint }: Counterexample, context: RunContext): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const outcome = await runOnce({ ...context, after: FRESH }, tried);
    if (outcome.kind !== 'judged' || fingerprintsOf(outcome.judgement).includes(fingerprint)) return false;
  }
  return true;
}
