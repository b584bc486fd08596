// Labels what was found in processes that outlive runs: a counterexample that a fresh process does not show came after other runs.
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import { FRESH } from '../formats/runs-before.ts';
import { type CaseRun, runOnce, type RunContext } from './run-case.ts';
import { runInOrder } from './run-in-order.ts';

/** Races of real processes come out differently, so a fresh process has as many attempts as a replay. */
const ATTEMPTS = 3;

/** Which of the earlier runs it takes is not looked for: each try would take seconds. */
const NOTHING_KNOWN = { batches: [], beside: [], place: 0 };

/** Labels counterexamples in place; `runs` holds their runs by their ids. Each stays a violation, as its history shows it. */
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

/** Whether fresh processes were asked and none showed it. One that could not run shows nothing. */
async function isHiddenFromFresh({ case: tried, fingerprint }: Counterexample, context: RunContext): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const outcome = await runOnce({ ...context, after: FRESH }, tried);
    if (outcome.kind !== 'judged' || fingerprintsOf(outcome.judgement).includes(fingerprint)) return false;
  }
  return true;
}
