// Termination of real processes: they finish the work they have begun, unless the grace ends first.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import type { Fault } from '../../harness/formats/fault.ts';
import type { HistoryEvent } from '../../harness/formats/event.ts';
import type { LiveLane } from '../../harness/live/lane.ts';
import { openSharedLane } from '../../harness/live/shared-lane.fixture.ts';
import { system } from '../../src/reference.ts';
import type { Role } from '../../src/contract/message.ts';
import { CAMPAIGN, campaignScenario, FROM_THE_START } from '../../harness/generators/campaign-scenario.ts';
import { judgedOn } from './verdicts.ts';

let live: LiveLane;
beforeAll(async () => {
  live = await openSharedLane({ description: describeAssembly(system), slots: 2 });
});
afterAll(() => live.close());

/** Terminates a process while its provider is slow to answer. Returns the verdict and the exits. */
async function endedDuringSend(process: Role, graceMs: number): Promise<{ verdict: string; ends: HistoryEvent[] }> {
  const slow: Fault = { kind: 'provider', system: process, outcome: 'slow', delayMs: 600, ...FROM_THE_START };
  const asked: Fault = { kind: 'terminate', process, atMs: 200, graceMs, restartAfterMs: 100 };
  const again: Fault = { kind: 'redelivery', campaign: CAMPAIGN.campaign, atMs: 3_000 };
  const scenario = campaignScenario({
    name: 'an orderly end',
    mode: process === 'service' ? 'ON' : 'OFF',
    faults: [slow, asked, again],
  });
  const [only] = await judgedOn(live, [scenario]);
  if (only?.run === undefined) throw new Error('one run expected');
  return { verdict: only.verdict, ends: only.run.history.events.filter(({ kind }) => kind === 'exit') };
}

describe.concurrent.each(['service', 'legacy'] as const)('the %s on the live lane', (process) => {
  test('a process on the live lane finishes its send when it is asked to end, exits by itself and is started again', async () => {
    expect(await endedDuringSend(process, 1_500)).toMatchObject({ verdict: 'pass', ends: [{ isKilled: false }] });
  });

  test('a process on the live lane is killed when its grace ends first, and the reference passes', async () => {
    expect(await endedDuringSend(process, 100)).toMatchObject({ verdict: 'pass', ends: [{ isKilled: true }] });
  });
});
