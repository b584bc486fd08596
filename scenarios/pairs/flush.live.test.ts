// A pair that caches the modes it has read: a flip counts once the cache is emptied, and a flip that is not read is a problem of the run.
import { expect, test } from 'vitest';
import type { History } from '../../harness/formats/history.ts';
import type { Scenario } from '../../harness/formats/scenario.ts';
import type { SystemDescription } from '../../harness/formats/system-description.ts';
import { eventsOf } from '../../harness/history/events-of.ts';
import { onSharedLane } from '../../harness/live/shared-lane.fixture.ts';
import { describePair } from './pair.fixture.ts';

/** A tenant flips from OFF to ON between two of its messages. */
const FLIP: Scenario = {
  format: 'onesend.scenario/1',
  name: 'a flip between two messages',
  seed: 0,
  tenants: [{ key: 'tenant-1', mode: 'OFF', quota: 10 }],
  steps: [
    { kind: 'entry', campaign: 'before', tenant: 'tenant-1', messages: 1, atMs: 0 },
    { kind: 'flip', tenant: 'tenant-1', mode: 'ON', atMs: 500 },
    { kind: 'entry', campaign: 'after', tenant: 'tenant-1', messages: 1, atMs: 2_800 },
  ],
  faults: [],
};

async function flipIn(description: SystemDescription): Promise<History> {
  return onSharedLane({ description, slots: 1 }, async (lane) => {
    const outcome = await lane.run({ scenario: FLIP, deviations: [] });
    if (outcome.kind !== 'history') throw new Error(outcome.message);
    return outcome.history;
  });
}

/** Whether the legacy app called the service, which it does in ON alone. */
const hasAsked = (history: History): boolean => eventsOf(history, 'request').length > 0;

const unreadFlips = (history: History): string[] =>
  eventsOf(history, 'observer-problem').flatMap(({ detail }) => (detail.endsWith('was not read') ? [detail] : []));

test.concurrent('a flip counts for entries after the cache of modes is emptied', async () => {
  const history = await flipIn(describePair('later'));
  expect(unreadFlips(history)).toEqual([]);
  expect(hasAsked(history)).toBe(true);
});

test.concurrent('a flip that is not read, because nothing empties the cache, is a problem of the run', async () => {
  const history = await flipIn({ ...describePair('later'), flush: [] });
  expect(unreadFlips(history)).toEqual([expect.stringMatching(/^the flip of tenant \d+ to ON/)]);
  expect(hasAsked(history)).toBe(false);
});
