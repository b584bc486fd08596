// The double send of the runbook as written depends on the budget of 500 ms, and the rig finds that out.
import { expect, test } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { fingerprintsOf } from '../../harness/evidence/fingerprint.ts';
import { findBoundaries } from '../../harness/runner/boundaries.ts';
import { runOnce } from '../../harness/runner/run-case.ts';
import { openSimExecutor } from '../sim-executor.fixture.ts';
import { killingCase } from '../mutants/killing-cases/m01.ts';
import { system } from './system.ts';

test('a late answer fails from one delay on and passes a millisecond below it, near the budget of 500 ms', async () => {
  const context = { executor: await openSimExecutor(system), oracle: checkersOracle };
  const run = await runOnce(context, { scenario: killingCase.scenario, deviations: killingCase.deviations });
  if (run.kind !== 'judged') throw new Error(run.kind);
  const fingerprint = fingerprintsOf(run.judgement).find((each) => each.startsWith('S1')) ?? '';
  const [found, ...others] = await findBoundaries({ ...context, run, fingerprint });
  expect(others).toEqual([]);
  const { boundary } = found ?? {};
  expect(boundary?.words).toBe('the delay of answers');
  const { fails, passes } = boundary ?? {};
  expect((fails?.atMs ?? 0) - (passes?.atMs ?? 0)).toBe(1);
  // The work of the service and the network take a part of the budget.
  expect(fails?.atMs).toBeLessThanOrEqual(501);
  expect(fails?.atMs).toBeGreaterThan(400);
});
