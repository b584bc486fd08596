// The search for a case that kills a mutant, on the simulated lane.
import { expect, test } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { judgeMutant } from '../../harness/runner/judge-mutant.ts';
import type { Mutant } from '../../harness/runner/mutant.ts';
import { type MutantFound, searchMutant } from '../../harness/runner/search-mutant.ts';
import { DEFAULT_DEPTHS } from '../../harness/sim/explore/bounded-search.ts';
import { explorationSpace } from '../../harness/sim/explore/exploration.ts';
import { inlinePool } from '../../harness/sim/explore/inline-pool.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import { system as reference } from '../../src/reference.ts';
import { openSimExecutor } from '../sim-executor.fixture.ts';
import { mutantOf } from './all-mutants.ts';

async function searched(mutant: Mutant, randomRuns: number): Promise<MutantFound> {
  const runner = inlinePool(await openSimLane(mutant.system), checkersOracle);
  return searchMutant(mutant, {
    ladder: explorationSpace({ seed: 1, depths: DEFAULT_DEPTHS, swarm: 0 }),
    random: explorationSpace({ seed: 1, depths: [], swarm: randomRuns }),
    runner,
    executor: runner.asExecutor(),
    oracle: checkersOracle,
  });
}

test('the search finds a mutant by the bounded search and at random, and leaves a case of one message and one deviation', async () => {
  const mutant = await mutantOf('M01');
  const { search, smallest } = await searched(mutant, 500);
  expect(search).toMatchObject({ ladder: { isFound: true }, random: { isFound: true } });
  expect(search.ladder.runs).toBeLessThan(100);
  expect(smallest?.deviations).toHaveLength(1);
  expect(smallest?.scenario.faults).toEqual([]);
  const bench = {
    oracle: checkersOracle,
    gates: [],
    reference: await openSimExecutor(reference),
    mutant: await openSimExecutor(mutant.system),
  };
  expect(await judgeMutant(mutant, bench, smallest)).toMatchObject({ outcome: 'killed' });
});

test('the search reports how many runs it made without finding the mutant', async () => {
  const { system, ...other } = await mutantOf('M01');
  const { search, smallest } = await searched({ ...other, system: reference }, 40);
  expect(search.random).toEqual({ runs: 40, isFound: false });
  expect(search.ladder.isFound).toBe(false);
  expect(search.ladder.runs).toBeGreaterThan(1_000);
  expect(smallest).toBeUndefined();
  expect(system).not.toBe(reference);
});
