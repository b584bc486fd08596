// A client that repeats uuids with other payloads, on real processes: the reference refuses each and sends nothing for it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import type { Fault } from '../../harness/formats/fault.ts';
import type { LiveLane } from '../../harness/live/lane.ts';
import { openSharedLane } from '../../harness/live/shared-lane.fixture.ts';
import { eventsOf } from '../../harness/history/events-of.ts';
import { receipts } from '../../harness/history/receipts.ts';
import { system } from '../../src/reference.ts';
import { CAMPAIGN, campaignScenario } from '../../harness/generators/campaign-scenario.ts';
import { judgedOn } from './verdicts.ts';

let live: LiveLane;
beforeAll(async () => {
  live = await openSharedLane({ description: describeAssembly(system), slots: 1 });
});
afterAll(() => live.close());

test('a repeated uuid is refused on the live lane, with any change and after any delay', async () => {
  const faults = [
    { changes: 'text', afterMs: 0 },
    { changes: 'number', afterMs: 300 },
    { changes: 'text', afterMs: 700 },
  ].map((what, index) => ({ kind: 'repeat', item: `${CAMPAIGN.campaign}#${index + 1}`, ...what }) as Fault);
  const scenario = campaignScenario({ name: 'repeated uuids', mode: 'ON', messages: 3, faults });
  const [only] = await judgedOn(live, [scenario]);
  if (only?.run === undefined) throw new Error('one run expected');
  const { history } = only.run;
  expect(only.verdict).toBe('pass');
  expect(receipts(history).map(({ state }) => state)).toEqual(['bit', 'bit', 'bit']);
  expect(eventsOf(history, 'repeat').map(({ result }) => result)).toEqual(['conflict', 'conflict', 'conflict']);
  expect(eventsOf(history, 'attempt')).toHaveLength(3);
});
