// How the rig explains well-known bugs: which parts of a case they need, at which time the outcome changes, and where a passing run parts.
import { describe, expect, test } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { fingerprintsOf } from '../../harness/evidence/fingerprint.ts';
import type { Case } from '../../harness/formats/case.ts';
import type { Explanation } from '../../harness/formats/explanation.ts';
import { explain } from '../../harness/runner/explain.ts';
import { runOnce } from '../../harness/runner/run-case.ts';
import type { System } from '../../src/contract/system.ts';
import { system as asWritten } from '../as-written/system.ts';
import { openSimExecutor } from '../sim-executor.fixture.ts';
import { killingCase as lateAnswer } from './killing-cases/m01.ts';
import { killingCase as crashed } from './killing-cases/m14.ts';
import { killingCase as rehearsed } from './killing-cases/m21.ts';
import { system as m01 } from './m01-fallback-without-fence.ts';
import { system as m14 } from './m14-idempotency-in-memory.ts';
import { system as m21 } from './m21-dryrun-guard-after-call.ts';

/** Explains the double send of a case. */
async function explained(system: System, { scenario, deviations }: Case): Promise<Explanation> {
  const context = { executor: await openSimExecutor(system), oracle: checkersOracle };
  const run = await runOnce(context, { scenario, deviations });
  if (run.kind !== 'judged') throw new Error(run.kind);
  const fingerprint = fingerprintsOf(run.judgement).find((each) => each.startsWith('S1')) ?? '';
  const explanation = await explain({ ...context, run, fingerprint });
  if (explanation === undefined) throw new Error('not explained');
  return explanation;
}

/** The kinds of the ingredients in this state. */
function kindsThatAre(state: string, { ingredients }: Explanation): string[] {
  return ingredients.filter((each) => each.state === state).map(({ kind }) => kind);
}

describe('the double send of the runbook as written', () => {
  const { scenario } = lateAnswer;
  const late = {
    kind: 'latency',
    stream: 'downstream',
    latencyMs: 700,
    jitterMs: 0,
    fromMs: 0,
    untilMs: 1_500,
  } as const;

  test('the double send of the runbook as written needs a late answer in ON, but neither a second message nor a reconciliation', async () => {
    const explanation = await explained(asWritten, {
      scenario: {
        ...scenario,
        steps: [
          { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 2, atMs: 100 },
          { kind: 'reconcile' },
        ],
        faults: [late],
      },
      deviations: [],
    });
    expect(kindsThatAre('necessary', explanation)).toEqual(['fault', 'time', 'mode']);
    expect(kindsThatAre('free', explanation)).toEqual(['message', 'setting']);
    expect(kindsThatAre('sometimes', explanation)).toEqual([]);
  });

  test('the double send of the runbook as written first differs from the passing run at the end of the call: a timeout or an answer', async () => {
    const { parting, nearestPassing } = await explained(asWritten, {
      scenario: { ...scenario, faults: [late] },
      deviations: [],
    });
    expect(nearestPassing?.words).toMatch(/^with \d+ ms instead of \d+ ms as the delay of answers$/);
    expect(parting?.words).toMatch(/legacy app: no answer in 500 ms$/);
    expect(parting?.passingWords).toMatch(/service to legacy app: answer: accepted/);
  });
});

test('M01 needs the late answer and ON, and changes at the end of the budget', async () => {
  const explanation = await explained(m01, lateAnswer);
  expect(kindsThatAre('necessary', explanation)).toEqual(['deviation', 'mode']);
  expect(explanation.boundaries).toHaveLength(1);
  expect(explanation.boundaries[0]?.fails.atMs).toBeGreaterThan(400);
  expect(explanation.boundaries[0]?.fails.atMs).toBeLessThanOrEqual(501);
});

test('M14 needs the crash and the redelivery', async () => {
  const explanation = await explained(m14, crashed);
  expect(kindsThatAre('necessary', explanation)).toEqual(['fault', 'deviation', 'mode']);
  expect(explanation.boundaries.map(({ words }) => words)).toContain('the moment of the redelivery of campaign-1');
});

test('M21 needs only SHADOW, and first differs from the passing run at the request to rehearse', async () => {
  const explanation = await explained(m21, rehearsed);
  expect(explanation.ingredients.map(({ kind, words, state }) => [kind, words, state])).toEqual([
    ['mode', 'the mode SHADOW of tenant-1', 'necessary'],
  ]);
  expect(explanation.nearestPassing?.words).toBe('with tenant-1 in mode OFF');
  expect(explanation.parting).toMatchObject({ passingSeq: null });
  expect(explanation.parting?.words).toMatch(/legacy app to service: dry run/);
});
