import { expect, test } from 'vitest';
import type { Goal } from '../../harness/formats/goal.ts';
import { goalsReached } from '../../harness/history/goals.ts';
import { system } from '../../src/reference.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import { rareStates } from '../../harness/sim/explore/rare-states.ts';

/** What random draws seldom or never reach. */
const RARE: readonly Goal[] = [
  'breaker opened',
  'breaker probed',
  'breaker opened by rehearsals alone',
  'recovered beside traffic',
  'reconciled beside traffic',
  'doubt resolved after surfacing',
];

test('the rare states are reached, each by a case of its own, and their deviations come up', async () => {
  const lane = await openSimLane(system);
  const reached = new Set<Goal>();
  for (const { scenario, deviations } of rareStates(1)) {
    const run = await lane.simulate(scenario, { deviations });
    expect(run.deviations).toEqual(deviations);
    for (const goal of goalsReached(run.history)) reached.add(goal);
  }
  await lane.close();
  expect(RARE.filter((goal) => !reached.has(goal))).toEqual([]);
});
