// The drill: each system whose bug strikes only at certain moments is certified on the simulated lane, and none passes.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { SIM_DEMANDS } from '../../harness/evidence/decide.ts';
import { brokenBy } from '../../harness/formats/finding.ts';
import { certify } from '../../harness/runner/certify.ts';
import type { LaneCertification } from '../../harness/runner/result-of.ts';
import { explorationSpace } from '../../harness/sim/explore/exploration.ts';
import { inlinePool } from '../../harness/sim/explore/inline-pool.ts';
import { openSimLane, type SimLane } from '../../harness/sim/lane.ts';
import { type Drill, DRILLS } from './all-drills.ts';

/** Certifies a system as a user would, but with fewer random runs and one message, and stops at the first finding. */
async function certified({ name, load }: Drill): Promise<LaneCertification> {
  const depths = [0, 1].map((deviations) => ({ messages: 1, deviations }));
  const openLane = async (): Promise<SimLane> => openSimLane(await load());
  const pool = inlinePool(await openLane(), checkersOracle, openLane);
  return certify({
    space: explorationSpace({ seed: 20261125, depths, swarm: 1_500 }),
    runner: pool,
    executor: pool.asExecutor(),
    oracle: checkersOracle,
    demands: SIM_DEMANDS,
    system: name,
    stopsAtFirst: true,
  });
}

test.each(DRILLS.map((drill) => ({ drill, name: drill.name, moment: drill.moment })))(
  '$name, whose bug strikes $moment, does not pass',
  async ({ drill }) => {
    const { lane, counterexamples } = await certified(drill);
    expect(lane.decision.verdict).toBe('violation');
    const broken = counterexamples.map(({ fingerprint }) => brokenBy(fingerprint));
    expect(drill.breaks).toEqual(expect.arrayContaining(broken.slice(0, 1)));
  },
);

test('every system of the folder is in the list of drills', () => {
  const files = readdirSync(import.meta.dirname).filter(
    (file) => !/^(all-drills|drills\.|life-of|charge-again)/.test(file),
  );
  expect(DRILLS.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
});
