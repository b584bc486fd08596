// Two bugs in one system: the bug that shows in every run must not hide the one that needs a fault.
import { beforeAll, expect, test } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { SIM_DEMANDS } from '../../harness/evidence/decide.ts';
import { brokenBy } from '../../harness/formats/finding.ts';
import { certify } from '../../harness/runner/certify.ts';
import type { LaneCertification } from '../../harness/runner/result-of.ts';
import { explorationSpace } from '../../harness/sim/explore/exploration.ts';
import { inlinePool } from '../../harness/sim/explore/inline-pool.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import type { System } from '../../src/contract/system.ts';
import { increment } from '../../src/contract/store.ts';
import { referenceParts } from '../../src/reference.ts';
import { system as unfenced } from '../mutants/m01-fallback-without-fence.ts';
import { sabotage } from '../mutants/sabotage.ts';

/** Charges each message in SHADOW, which needs no fault, and falls back without the authority, which needs a late answer. */
const twoBugs: System = sabotage(
  {
    legacySend: unfenced.parts.legacySend,
    async settleQuota(context, tx, settled) {
      await referenceParts.settleQuota(context, tx, settled);
      if (settled.mode !== 'SHADOW' || settled.state !== 'SENT') return;
      await tx.update('quota_accounts', { tenant_id: settled.tenantId }, { units: increment(-1) });
    },
  },
  { name: 'two-bugs', module: import.meta.url },
);

const depths = [
  { messages: 1, deviations: 0 },
  { messages: 1, deviations: 1 },
];
const oracle = checkersOracle;

async function certified(stopsAtFirst: boolean): Promise<LaneCertification> {
  const pool = inlinePool(await openSimLane(twoBugs), oracle);
  return certify({
    space: explorationSpace({ seed: 1, depths, swarm: 0 }),
    runner: pool,
    executor: pool.asExecutor(),
    oracle,
    demands: SIM_DEMANDS,
    system: 'two-bugs',
    stopsAtFirst,
  });
}

let whole: LaneCertification;
beforeAll(async () => {
  whole = await certified(false);
});

test('both bugs are found and shrunk: the bug without a fault comes first, and the double send after it', () => {
  const kept = whole.counterexamples.map(({ fingerprint, case: { deviations }, shrinking }) => {
    return [brokenBy(fingerprint), deviations.length, shrinking.stopped];
  });
  expect(kept[0]).toEqual(['S9', 0, 'minimal']);
  expect(kept).toContainEqual(['S1', 1, 'minimal']);
  // Shrinking keeps to the double send, although every run in SHADOW violates without a fault.
  const doubleSend = whole.counterexamples.find(({ id }) => id.startsWith('S1'));
  expect(doubleSend?.findings.map(({ property }) => property)).toContain('S1');
  expect(whole.lane.decision.verdict).toBe('violation');
});

test('a search that finds both bugs runs to its end, as for a system that passes', () => {
  const { depths: counts, problems } = whole.lane.evidence;
  expect(counts.every(({ planned, run }) => planned === run)).toBe(true);
  expect(problems).toEqual({});
});

test('a search that stops at the first finding stops at the bug without a fault, and reports what it did not run', async () => {
  const { counterexamples, lane } = await certified(true);
  expect(counterexamples.map(({ id }) => id.split('-')[0])).toEqual(['S9']);
  expect(lane.evidence.depths).toMatchObject([{ planned: 3 }, { planned: null, run: 0 }]);
});
