import { describe, expect, test } from 'vitest';
import type { EventOf, Observation } from '../formats/event.ts';
import { eventsOf } from './events-of.ts';
import {
  at,
  attempt,
  during,
  entry,
  historyOf,
  logRow,
  recipientOf,
  request,
  row,
  type ScriptOptions,
  trigger,
} from './history.fixture.ts';

function entriesOf(events: readonly Observation[], options: ScriptOptions = {}): EventOf<'entry'>[] {
  return [...eventsOf(historyOf({ bindings: [], messages: 2, ...options }, events), 'entry')];
}

const triggered = during(5, 6, trigger());
const asked = during(20, 22, request('front', 'f', { uuids: ['u1'] }));

describe('the entry of a system that shows uuids in requests only', () => {
  test('an entry seen in requests only lies between the trigger and the first request with its number and its text', () => {
    const [own, ...others] = entriesOf([triggered, asked, at(40, request('back', 'b', { uuids: ['u1'] }))]);
    expect(others).toEqual([]);
    expect(own).toMatchObject({
      item: 'c1#1',
      tenant: 't1',
      messageUuid: 'u1',
      mode: '',
      flagged: ['ON'],
      statementEarliest: 5_000,
      earliest: 5_000,
      latest: 22_000,
    });
  });

  test('an entry seen in requests only happened before the first attempt to send it', () => {
    expect(entriesOf([triggered, at(15, attempt('legacy', 'c1#1', 'a')), asked])).toMatchObject([{ latest: 15_000 }]);
  });

  test('an entry seen in requests only is identified by its text where several items share a number', () => {
    const [first, second] = ['c1#1', 'c1#2'].map((item) => ({ item, campaign: 'c1', tenant: 't1', body: item }));
    const items = [first, second].map((item) => ({ ...item!, recipient: '+1' }));
    const carried = (uuid: string, body: string) => request('front', uuid, { uuids: [uuid], recipient: '+1', body });
    const events = [triggered, at(10, carried('x', 'c1#2')), at(11, carried('y', 'other'))];
    expect(entriesOf(events, { changes: { items } })).toMatchObject([{ item: 'c1#2', messageUuid: 'x' }]);
  });

  test('an entry seen in requests only needs a trigger and exactly one uuid', () => {
    expect(entriesOf([asked])).toEqual([]);
    const again = at(30, request('front', 'g', { uuids: ['u7'], recipient: recipientOf('c1#1') }));
    expect(entriesOf([triggered, asked, again])).toEqual([]);
  });

  test('an entry seen in requests only can get its uuid from a row with the number, and ends at the first event with the uuid', () => {
    const logged = row('go_sms_logs', { after: { message_uuid: 'u9', recipient: recipientOf('c1#2') } });
    expect(entriesOf([triggered, at(30, logged), at(20, logRow('u9', { status: 'accepted' }))])).toMatchObject([
      { item: 'c1#2', messageUuid: 'u9', latest: 20_000 },
    ]);
  });

  test('an entry seen in requests only may have been made under each flag that was in force since the trigger', () => {
    const flip = at(10, { observer: 'rig', kind: 'flip', tenant: 't1', mode: 'OFF' });
    expect(entriesOf([triggered, flip, asked])).toMatchObject([{ flagged: ['ON', 'OFF'] }]);
    const later = at(23, { observer: 'rig', kind: 'flip', tenant: 't1', mode: 'OFF' });
    expect(entriesOf([triggered, later, asked])).toMatchObject([{ flagged: ['ON'] }]);
  });
});

test('the uuids that a system returns on request are accepted, and an item that was never seen has entered by the end', () => {
  const bindings = [{ item: 'c1#2', messageUuid: 'u2' }];
  expect(entriesOf([triggered, asked], { bindings })).toMatchObject([
    { item: 'c1#1', messageUuid: 'u1', latest: 22_000 },
    { item: 'c1#2', messageUuid: 'u2', earliest: 5_000, latest: 22_000 },
  ]);
});

test('rows of items are no entries where a system shows uuids in requests only', () => {
  expect(entriesOf([triggered, at(10, entry('c1#1', 'u1'))])).toMatchObject([
    { observer: 'identity', earliest: 5_000, latest: 10_000 },
  ]);
});
