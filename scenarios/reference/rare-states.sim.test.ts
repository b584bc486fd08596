// The cases of `rareStates` reach each rare state, which random runs hardly reach.
import { expect, test } from 'vitest';
import type { Goal } from '../../harness/formats/goal.ts';
import { goalsReached } from '../../harness/history/goals.ts';
import { system } from '../../src/reference.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import { rareStates } from '../../harness/sim/explore/rare-states.ts';

/** States that random draws seldom or never reach. */
const RARE: readonly Goal[] = [
  'breaker opened',
  'breaker probed',
  'breaker opened by rehearsals alone',
  'recovered beside traffic',
  'reconciled beside traffic',
  'doubt resolved after surfacing',
];

test('the cases of rare states reach them all, and every deviation of a case takes place', async () => {
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
