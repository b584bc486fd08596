// The pause on real processes: the legacy app is stopped between the last byte of an answer and the work that follows it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import type { Fault } from '../../harness/formats/fault.ts';
import type { LiveLane } from '../../harness/live/lane.ts';
import { openSharedLane } from '../../harness/live/shared-lane.fixture.ts';
import { system } from '../../src/reference.ts';
import { CAMPAIGN, campaignScenario, FROM_THE_START } from '../../harness/generators/campaign-scenario.ts';
import { judgedOn, type JudgedWithRun } from './verdicts.ts';

const pause: Fault = { kind: 'pause', process: 'legacy', lastsMs: 700, ...FROM_THE_START };

let live: LiveLane;
beforeAll(async () => {
  live = await openSharedLane({ description: describeAssembly(system), slots: 1 });
});
afterAll(() => live.close());

async function judged(...faults: Fault[]): Promise<JudgedWithRun> {
  const [only] = await judgedOn(live, [campaignScenario({ name: 'a pause', mode: 'ON', faults })]);
  if (only === undefined) throw new Error('one run expected');
  return only;
}

describe('a pause of the legacy app on the live lane', () => {
  // A process that is faster than the signal leaves no receipt, so it may take a few runs to see one.
  test(
    'a pause of the legacy app on the live lane leaves its receipt, and the reference passes',
    { retry: 2 },
    async () => {
      expect(await judged(pause)).toMatchObject({ verdict: 'pass', bites: ['1: pause legacy'] });
    },
  );

  test('a pause of the legacy app on the live lane ends when its process is killed, and the next process serves', async () => {
    const crash: Fault = { kind: 'crash', process: 'legacy', atMs: 400, restartAfterMs: 100 };
    const redelivery: Fault = { kind: 'redelivery', campaign: CAMPAIGN.campaign, atMs: 2_000 };
    const { verdict, run } = await judged(pause, crash, redelivery);
    expect(verdict).toBe('pass');
    const redelivered = run?.history.events.find((event) => event.kind === 'user-response' && event.delivery === 2);
    expect(redelivered).toMatchObject({ status: 200 });
  });

  test(
    'a pause of the legacy app on the live lane waits for the next process when its own is killed',
    { retry: 2 },
    async () => {
      const crash: Fault = { kind: 'crash', process: 'legacy', atMs: 0, restartAfterMs: 100 };
      const redelivery: Fault = { kind: 'redelivery', campaign: CAMPAIGN.campaign, atMs: 2_000 };
      const { verdict, bites } = await judged({ ...pause, untilMs: 4_000 }, crash, redelivery);
      expect({ verdict, bites }).toEqual({
        verdict: 'pass',
        bites: ['1: pause legacy', '2: crash legacy', '3: redelivery'],
      });
    },
  );

  test('a pause of the legacy app on the live lane without an answer in its window stops nothing, and the next run passes', async () => {
    expect(await judged({ ...pause, untilMs: 10 })).toMatchObject({ verdict: 'pass', bites: [] });
    expect(await judged()).toMatchObject({ verdict: 'pass', bites: [] });
  });
});
