// Replays of a counterexample: it still violates, it is repaired, or it is stale because a decision of it no longer exists.
import { beforeAll, describe, expect, test } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { SIM_DEMANDS } from '../../harness/evidence/decide.ts';
import type { Deviation } from '../../harness/formats/case.ts';
import { type Counterexample, counterexampleDocument } from '../../harness/formats/counterexample.ts';
import { parseDocument } from '../../harness/formats/document.ts';
import { certify } from '../../harness/runner/certify.ts';
import { type Replay, replay } from '../../harness/runner/replay.ts';
import { explorationSpace } from '../../harness/sim/explore/exploration.ts';
import { inlinePool } from '../../harness/sim/explore/inline-pool.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import type { System } from '../../src/contract/system.ts';
import { system as reference } from '../../src/reference.ts';
import { system as asWritten } from '../as-written/system.ts';
import { openSimExecutor } from '../sim-executor.fixture.ts';

const oracle = checkersOracle;

async function doubleSend(): Promise<Counterexample> {
  const pool = inlinePool(await openSimLane(asWritten), oracle);
  const { counterexamples } = await certify({
    space: explorationSpace({ seed: 1, depths: [0, 1].map((deviations) => ({ messages: 1, deviations })), swarm: 0 }),
    runner: pool,
    executor: pool.asExecutor(),
    oracle,
    demands: SIM_DEMANDS,
    system: asWritten.name,
  });
  const found = counterexamples.find(({ id }) => id.startsWith('S1'));
  return parseDocument(counterexampleDocument, JSON.stringify(found), 'found.json');
}

describe('the double send of the runbook as written', () => {
  let found: Counterexample;
  beforeAll(async () => {
    found = await doubleSend();
  });

  async function replayed(system: System, change = (each: Deviation): Deviation => each): Promise<Replay> {
    const { case: stored, history } = found;
    const tried = { ...stored, deviations: stored.deviations.map(change) };
    return replay({ executor: await openSimExecutor(system), oracle, case: tried, history, expected: 'S1' });
  }

  test('the double send of the runbook as written is FAILED on the system it was found on', async () => {
    expect(await replayed(asWritten)).toMatchObject({ outcome: 'FAILED', verdict: 'violation', missing: [] });
  });

  test('the double send of the runbook as written is FIXED on the reference, which makes the same decision', async () => {
    expect(await replayed(reference)).toMatchObject({ outcome: 'FIXED', verdict: 'pass', missing: [] });
  });

  test('the double send of the runbook as written is STALE on any system when the site of its deviation has another name, and the replay names it', async () => {
    for (const system of [asWritten, reference]) {
      const { outcome, verdict, missing } = await replayed(system, (each) => ({ ...each, site: 'former name' }));
      expect([outcome, verdict]).toEqual(['STALE', 'inconclusive']);
      expect(missing).toEqual([expect.stringMatching(/^the deviation 'former name: .*' of .* did not come up$/)]);
    }
  });
});
