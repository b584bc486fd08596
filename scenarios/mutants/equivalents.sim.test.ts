// A mutant that is called equivalent takes effect in the bounded search, and the search finds no violation.
import { expect, test } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import type { Oracle } from '../../harness/evidence/oracle.ts';
import { hasMarker } from '../../harness/runner/judge-mutant.ts';
import type { Mutant } from '../../harness/runner/mutant.ts';
import { search } from '../../harness/runner/search.ts';
import { DEFAULT_DEPTHS } from '../../harness/sim/explore/bounded-search.ts';
import { explorationSpace } from '../../harness/sim/explore/exploration.ts';
import { inlinePool } from '../../harness/sim/explore/inline-pool.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import { loadMutants, mutantOf } from './all-mutants.ts';

/** In how many runs a mutant took effect, and the fingerprints of all violations. */
async function explored({ id, system }: Mutant): Promise<{ reached: number; found: readonly string[] }> {
  let reached = 0;
  const oracle: Oracle = {
    ...checkersOracle,
    judge(history) {
      if (hasMarker(history, id)) reached += 1;
      return checkersOracle.judge(history);
    },
  };
  const runner = inlinePool(await openSimLane(system), oracle);
  const { found } = await search({ space: explorationSpace({ seed: 1, depths: DEFAULT_DEPTHS, swarm: 0 }), runner });
  return { reached, found: found.map(({ fingerprint }) => fingerprint) };
}

const EQUIVALENT = (await loadMutants()).filter(({ equivalent }) => equivalent !== undefined);

test.each(EQUIVALENT.map((mutant) => [mutant.id, mutant.name, mutant] as const))(
  '%s %s takes effect and violates nothing',
  async (_id, _name, mutant) => {
    const { reached, found } = await explored(mutant);
    expect(found).toEqual([]);
    expect(reached).toBeGreaterThan(0);
  },
);

test('a mutant that is wrongly called equivalent is detected', async () => {
  const { reached, found } = await explored(await mutantOf('M61'));
  expect(reached).toBeGreaterThan(0);
  expect(found).not.toEqual([]);
});
