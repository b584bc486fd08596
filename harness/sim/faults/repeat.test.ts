import { expect, test } from 'vitest';
import type { Fault } from '../../formats/fault.ts';
import type { History } from '../../formats/history.ts';
import { bodyDigestOf } from '../../history/body-digest.ts';
import { eventsOf } from '../../history/events-of.ts';
import { receipts } from '../../history/receipts.ts';
import { openSimLane } from '../lane.ts';
import { toyScenario } from '../toy-scenario.fixture.ts';
import { toySystem } from '../toy-system.fixture.ts';

const repeated = (changes: 'text' | 'number', afterMs: number, item = 'c#1'): Fault => {
  return { kind: 'repeat', item, changes, afterMs };
};

async function historyUnder(faults: Fault[], deviations: string[] = []): Promise<History> {
  const lane = await openSimLane(toySystem());
  const run = await lane.simulate(toyScenario({ faults }), {
    deviations: deviations.map((choice) => ({ site: 'client', key: 'c#1', attempt: 0, choice })),
  });
  expect(run.anomalies).toEqual([]);
  return run.history;
}

test('the uuid of an attempt is repeated with another text or number, past the taps, and the answer is noted', async () => {
  const history = await historyUnder([repeated('text', 300), repeated('number', 500)]);
  const [item] = history.items;
  const [attempt] = eventsOf(history, 'attempt');
  const [first] = eventsOf(history, 'request');
  const asked = eventsOf(history, 'repeat');
  expect(asked).toMatchObject([
    { item: 'c#1', messageUuid: first?.uuids[0], recipient: item?.recipient, status: 200, result: 'accepted' },
    { item: 'c#1', messageUuid: first?.uuids[0], bodyDigest: bodyDigestOf(item?.body ?? ''), status: 200 },
  ]);
  expect(asked[0]?.bodyDigest).not.toBe(bodyDigestOf(item?.body ?? ''));
  expect(asked[1]?.recipient).not.toBe(item?.recipient);
  expect(asked.map(({ earliest }) => earliest - (attempt?.earliest ?? 0))).toEqual([300_000, 500_000]);
  expect(eventsOf(history, 'request').filter(({ tap }) => tap === 'back')).toHaveLength(1);
  // The toy sends the message of every request.
  expect(eventsOf(history, 'attempt')).toHaveLength(3);
  expect(receipts(history).map(({ state }) => state)).toEqual(['bit', 'bit']);
});

test('the uuid of a message that the service did not attempt to send is not repeated', async () => {
  const refuse: Fault = { kind: 'refuse', fromMs: 0, untilMs: 1_500 };
  const history = await historyUnder([refuse, repeated('text', 0)]);
  expect(eventsOf(history, 'repeat')).toEqual([]);
  expect(receipts(history).map(({ state }) => state)).toEqual(['bit', 'idle']);
});

test('a repeated uuid gets no answer from a service that is down', async () => {
  const crash: Fault = { kind: 'crash', process: 'service', atMs: 200, restartAfterMs: 1_000 };
  const history = await historyUnder([crash, repeated('text', 500)]);
  expect(eventsOf(history, 'repeat')).toMatchObject([{ status: null, result: null }]);
});

test('a repeated uuid that was answered has no second answer when the service crashes later', async () => {
  const crash: Fault = { kind: 'crash', process: 'service', atMs: 900, restartAfterMs: 500 };
  const history = await historyUnder([repeated('text', 300), crash]);
  expect(eventsOf(history, 'crash')).toHaveLength(1);
  expect(eventsOf(history, 'repeat')).toMatchObject([{ status: 200 }]);
});

test.each([
  ['another-text', { changes: 'text', afterMs: 700 }],
  ['another-number', { changes: 'number', afterMs: 700 }],
  ['another-text-at-once', { changes: 'text', afterMs: 0 }],
])('the decision %s shows in the history as the fault that it equals', async (choice, equal) => {
  const history = await historyUnder([], [choice]);
  expect(history.scenario.faults).toEqual([{ kind: 'repeat', item: 'c#1', ...equal }]);
  expect(receipts(history).map(({ state }) => state)).toEqual(['bit']);
  const own = await historyUnder([{ kind: 'repeat', item: 'c#1', ...equal } as Fault]);
  expect(eventsOf(own, 'repeat')).toEqual(eventsOf(history, 'repeat'));
});
