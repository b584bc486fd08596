// Faults of scenarios that the simulated lane silently does not apply, and the verdict that follows.
import { afterEach, expect, test, vi } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { decide, SIM_DEMANDS } from '../../harness/evidence/decide.ts';
import type { Evidence } from '../../harness/formats/evidence.ts';
import { search } from '../../harness/runner/search.ts';
import { explorationSpace, type ExplorationOptions } from '../../harness/sim/explore/exploration.ts';
import { inlinePool } from '../../harness/sim/explore/inline-pool.ts';
import { SIM_REALISERS } from '../../harness/sim/faults/realisers.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import { system as reference } from '../../src/reference.ts';

afterEach(() => vi.restoreAllMocks());

async function evidenceOf(options: Partial<ExplorationOptions>): Promise<Evidence> {
  const runner = inlinePool(await openSimLane(reference), checkersOracle);
  const space = explorationSpace({ seed: 3, depths: [], swarm: 0, ...options });
  return (await search({ space, runner })).evidence;
}

test('a fault of a scenario that the simulator does not apply makes the exploration inconclusive', async () => {
  const honest = await evidenceOf({ swarm: 200 });
  expect(honest.faults['latency downstream']).toMatchObject({ missing: 0 });
  expect(honest.faults['latency downstream']?.bit).toBeGreaterThan(0);
  // No property depends on latency. Under a `refuse` that is not applied, L3 would report a missing fallback.
  vi.spyOn(SIM_REALISERS.latency, 'apply').mockImplementation(() => undefined);
  const forgetful = await evidenceOf({ swarm: 200 });
  const { verdict, reasons } = decide(forgetful, SIM_DEMANDS);
  expect(verdict).toBe('inconclusive');
  expect(reasons).toContainEqual(
    expect.objectContaining({ code: 'fault-left-no-receipt', subject: 'latency downstream' }),
  );
});

test('a decision of the simulator needs no receipt', async () => {
  const { faults, choices } = await evidenceOf({ depths: [0, 1].map((deviations) => ({ messages: 1, deviations })) });
  expect(Object.keys(choices).length).toBeGreaterThan(0);
  expect(faults).toEqual({});
});
