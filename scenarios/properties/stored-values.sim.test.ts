// A replay uses the values and names that a counterexample stores, never its seed, so later changes of the generators do not affect it.
import { afterEach, expect, test, vi } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { type Counterexample, counterexampleDocument, counterexampleId } from '../../harness/formats/counterexample.ts';
import { parseDocument } from '../../harness/formats/document.ts';
import { historyHash } from '../../harness/formats/history.ts';
import { replayToken } from '../../harness/formats/replay-token.ts';
import { storedCase } from '../../harness/runner/stored-case.ts';
import type { ExplorationOptions } from '../../harness/sim/explore/exploration.ts';
import type * as magnitudesModule from '../../harness/generators/magnitudes.ts';
import { system as asWritten } from '../as-written/system.ts';

const MAGNITUDES = '../../harness/generators/magnitudes.ts';

afterEach(() => {
  vi.doUnmock(MAGNITUDES);
  vi.resetModules();
});

/** The modules of the rig, loaded again after `vi.resetModules`. */
async function loadRig() {
  const [plan, search, exploration, pool, lane, stored, counterexample, run] = await Promise.all([
    import('../../harness/generators/plan.ts'),
    import('../../harness/runner/search.ts'),
    import('../../harness/sim/explore/exploration.ts'),
    import('../../harness/sim/explore/inline-pool.ts'),
    import('../../harness/sim/lane.ts'),
    import('../../harness/runner/stored-case.ts'),
    import('../../harness/runner/counterexample.ts'),
    import('../../harness/runner/run-case.ts'),
  ]);
  return { ...plan, ...search, ...exploration, ...pool, ...lane, ...stored, ...counterexample, ...run };
}

type Rig = Awaited<ReturnType<typeof loadRig>>;

/** The first counterexample that a search finds, written as a document and read again. */
async function foundBy(rig: Rig, space: Pick<ExplorationOptions, 'depths' | 'swarm'>): Promise<Counterexample> {
  const pool = rig.inlinePool(await rig.openSimLane(asWritten), checkersOracle);
  const { found } = await rig.search({
    space: rig.explorationSpace({ seed: 11, ...space }),
    runner: pool,
    stopsAtFirst: true,
  });
  const [{ violation } = {}] = found;
  if (violation === undefined) throw new Error('the search found nothing');
  const run = await rig.runCase({ executor: pool.asExecutor(), oracle: checkersOracle }, violation.case);
  if (run.kind !== 'judged') throw new Error(run.kind);
  const [counterexample] = rig.counterexamplesOf(run, { system: asWritten.name, lane: 'sim' });
  return parseDocument(counterexampleDocument, JSON.stringify(counterexample), 'found.json');
}

/** The first ten scenarios of a seed, as JSON. */
function drawn({ planScenarios }: Rig): string {
  return JSON.stringify(planScenarios({ seed: 11, count: 10, strata: [] }));
}

test('a counterexample replays to the same history when a generator has one branch more', async () => {
  const before = await loadRig();
  const stored = await foundBy(before, { depths: [], swarm: 60 });

  vi.resetModules();
  vi.doMock(MAGNITUDES, async (original) => {
    const magnitudes = await original<typeof magnitudesModule>();
    return { ...magnitudes, BATCH_SIZES: [7, ...magnitudes.BATCH_SIZES] };
  });
  const after = await loadRig();
  expect(drawn(after)).not.toBe(drawn(before));
  const executor = after.inlineExecutor(await after.openSimLane(asWritten));
  const { outcome, run } = await after.replayStored(storedCase(stored), { executor, oracle: checkersOracle });
  expect(outcome).toBe('FAILED');
  expect(run === undefined ? '' : historyHash(run.judgement.history)).toBe(stored.historyHash);
});

test('a counterexample with a decision that no longer exists is still a valid document, and its STALE replay names the decision', async () => {
  const rig = await loadRig();
  const found = await foundBy(rig, { depths: [0, 1].map((deviations) => ({ messages: 1, deviations })), swarm: 0 });
  const deviations = found.case.deviations.map((each) => ({ ...each, site: 'a former site' }));
  const renamed = { ...found, case: { ...found.case, deviations } };
  const whole = { ...renamed, id: counterexampleId(renamed), token: replayToken(renamed.system, renamed.case) };
  const stored = parseDocument(counterexampleDocument, JSON.stringify(whole), 'stored.json');
  const executor = rig.inlineExecutor(await rig.openSimLane(asWritten));
  const { outcome, missing } = await rig.replayStored(storedCase(stored), { executor, oracle: checkersOracle });
  expect(deviations.length).toBeGreaterThan(0);
  expect([outcome, missing[0]]).toEqual(['STALE', expect.stringContaining("the deviation 'a former site: ")]);
});
