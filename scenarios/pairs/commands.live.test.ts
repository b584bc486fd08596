// A pair whose recovery is a command with an output format of its own: the command finishes what a crash interrupted.
import { expect, test } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import type { Scenario } from '../../harness/formats/scenario.ts';
import { eventsOf } from '../../harness/history/events-of.ts';
import { onSharedLane } from '../../harness/live/shared-lane.fixture.ts';
import { runCase } from '../../harness/runner/run-case.ts';
import { describePair, repairCommand } from './pair.fixture.ts';

/** The service crashes while its provider call is in flight: recovery can end the message only after a while. */
const CRASH: Scenario = {
  format: 'onesend.scenario/1',
  name: 'a crash amid a send',
  seed: 0,
  tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
  steps: [{ kind: 'entry', campaign: 'cut-off', tenant: 'tenant-1', messages: 1, atMs: 0 }],
  faults: [
    { kind: 'provider', system: 'service', outcome: 'slow', delayMs: 900, fromMs: 0, untilMs: 1_000 },
    { kind: 'crash', process: 'service', atMs: 300, restartAfterMs: 100 },
  ],
};

test('a recovery command is run until it reports that nothing is left', async () => {
  const description = describePair('single', { recover: repairCommand('single') });
  const run = await onSharedLane({ description, slots: 1 }, (executor) =>
    runCase({ executor, oracle: checkersOracle }, { scenario: CRASH, deviations: [] }),
  );
  if (run.kind !== 'judged') throw new Error(run.kind);
  expect(run.judgement.findings).toEqual([]);
  const reports = eventsOf(run.judgement.history, 'recover').map(({ report }) => report);
  expect(reports.length).toBeGreaterThan(1);
  expect(reports.at(-1)).toEqual({ surfaced: 0, settled: 0, reentered: 0, pending: 0 });
});
