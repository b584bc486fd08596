// A run that is to be made in fresh processes finds processes that have run nothing, which tells a system that keeps state from one that does not.
import { expect, test } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import type { RunOptions, RunOutcome } from '../../harness/execution/executor.ts';
import { FRESH } from '../../harness/formats/runs-before.ts';
import { campaignScenario } from '../../harness/generators/campaign-scenario.ts';
import { eventsOf } from '../../harness/history/events-of.ts';
import { onSharedLane } from '../../harness/live/shared-lane.fixture.ts';
import { system } from './counting-system.fixture.ts';

const scenario = campaignScenario();

/** The number of the entry in the life of its process. */
function entryOf(outcome: RunOutcome): number {
  if (outcome.kind !== 'history') throw new Error(outcome.message);
  const [number] = eventsOf(outcome.history, 'log').flatMap(
    ({ line }) => /entry (\d+) of this process/.exec(line)?.[1] ?? [],
  );
  return Number(number);
}

test('processes run several scenarios, unless a run must come after given ones', async () => {
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
