// A run that asks for fresh processes gets processes that have run nothing before, which separates systems that keep state from those that
// do not.
import { expect, test } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import type { RunOptions, RunOutcome } from '../../harness/execution/executor.ts';
import { FRESH } from '../../harness/formats/runs-before.ts';
import { campaignScenario } from '../../harness/generators/campaign-scenario.ts';
import { eventsOf } from '../../harness/history/events-of.ts';
import { onSharedLane } from '../../harness/live/shared-lane.fixture.ts';
import { system } from './counting-system.fixture.ts';

const scenario = campaignScenario();

/** The number of the run's entry since its process started. */
function entryOf(outcome: RunOutcome): number {
  if (outcome.kind !== 'history') throw new Error(outcome.message);
  const [number] = eventsOf(outcome.history, 'log').flatMap(
    ({ line }) => /entry (\d+) of this process/.exec(line)?.[1] ?? [],
  );
  return Number(number);
}

test('processes run several scenarios, unless a run names the scenarios before it', async () => {
  await onSharedLane({ description: describeAssembly(system), slots: 1 }, async (lane) => {
    const run = (options?: RunOptions): Promise<RunOutcome> => lane.run({ scenario, deviations: [] }, options);
    const [used, later] = [await run(), await run()];
    expect(entryOf(later)).toBe(entryOf(used) + 1);
    expect(entryOf(await run({ after: FRESH }))).toBe(1);
    const one = { ...FRESH, batches: [[{ scenario, deviations: [] }]] };
    const second = await run({ after: one });
    expect(entryOf(second)).toBe(2);
    expect(second).toMatchObject({ place: { slot: 1, run: expect.any(Number) } });
  });
});
