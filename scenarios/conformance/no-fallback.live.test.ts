// A system that never falls back sends no canary on that path. If nothing left the machine, the properties judge that, not the containment.
import { expect, test } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { campaignScenario, FROM_THE_START } from '../../harness/generators/campaign-scenario.ts';
import { onSharedLane } from '../../harness/live/shared-lane.fixture.ts';
import { system } from '../mutants/m72-never-fallback.ts';

test('a system that never falls back is refused by L3, not by the containment', async () => {
  await onSharedLane({ description: describeAssembly(system), slots: 1 }, async (lane) => {
    const scenario = campaignScenario({ faults: [{ kind: 'refuse', ...FROM_THE_START }] });
    const outcome = await lane.run({ scenario, deviations: [] });
    if (outcome.kind !== 'history') throw new Error(outcome.message);
    const violated = checkersOracle.judge(outcome.history).filter(({ findings }) => findings.length > 0);
    expect(violated.map(({ property }) => property)).toContain('L3');
  });
});
