import { describe, expect, test } from 'vitest';
import type { Observation } from '../../formats/event.ts';
import type { PropertyId } from '../../formats/finding.ts';
import {
  answer,
  at,
  authority,
  breaker,
  callFailed,
  decrement,
  entry,
  historyOf,
  logRow,
  nemesis,
  request,
  row,
} from '../history.fixture.ts';
import type { Story } from './story.ts';
import { storyOf } from './story-of.ts';

const entered = at(1, entry('c1#1', 'u1'));

function story(events: readonly Observation[], items = ['c1#1'], property: PropertyId = 'L5'): Story {
  const history = historyOf({ messages: 2 }, [entered, at(1, entry('c1#2', 'u2')), ...events]);
  return storyOf(history, { findings: [{ property, message: '', items, witnesses: [] }] });
}

describe('the tracks of a story', () => {
  const tracks = (events: readonly Observation[]): unknown[] =>
    story(events).tracks.map(({ kind, of, spells }) => [
      kind,
      of,
      ...spells.map(({ startMs, endMs, words, holder }) => [startMs, endMs, words, holder]),
    ]);

  test('the tracks of a story say when which system held a message, and the state of its send', () => {
    expect(
      tracks([
        at(2, authority('u1', { holder: 'service', state: 'CLAIMED' })),
        at(3, authority('u1', { holder: 'service', state: 'CLAIMED', epoch: 2 })),
        at(9, authority('u1', { holder: 'legacy', state: 'SENDING' })),
        at(9, authority('u2', { holder: 'legacy', state: 'SENDING' })),
      ]),
    ).toEqual([['authority', 'c1#1', [2, 9, 'CLAIMED', 'service'], [9, null, 'SENDING', 'legacy app']]]);
  });

  test('the tracks of a story begin with the state at the start of the run', () => {
    expect(tracks([at(5, breaker('OPEN')), at(7, decrement({ from: 100, to: 99 }))])).toEqual([
      ['breaker', 'live', [0, 5, 'CLOSED', null], [5, null, 'OPEN', null]],
      ['quota', 't1', [0, 7, '100', null], [7, null, '99', null]],
    ]);
  });

  test.each(['S9', 'S10'] as const)(
    'the tracks of a story show a balance that never changed where %s is broken',
    (property) => {
      expect(story([], ['c1#1'], property).tracks).toMatchObject([{ kind: 'quota', spells: [{ words: '100' }] }]);
    },
  );

  test('the tracks of a story include only things whose rows were written', () => {
    expect(tracks([])).toEqual([]);
    expect(tracks([at(5, breaker('CLOSED', { failures: 1 }))])).toEqual([
      ['breaker', 'live', [0, null, 'CLOSED', null]],
    ]);
  });
});

describe('the waits of a story', () => {
  const waits = (events: readonly Observation[]): unknown[] =>
    story(events).waits.map(({ startMs, endMs, end, budgetMs }) => [startMs, endMs, end, budgetMs]);
  const asked = at(10, request('front', 'f', { uuids: ['u1'] }));

  test('the waits of a story say how each ended', () => {
    expect(waits([asked])).toEqual([[10, null, 'open', 500]]);
    expect(waits([asked, at(20, answer('front', 'f', { elapsedMs: 10 }))])).toEqual([[10, 20, 'answered', 500]]);
    expect(waits([asked, at(510, callFailed('front', 'f', { by: 'client', elapsedMs: 500 }))])).toEqual([
      [10, 510, 'given-up', 500],
    ]);
    expect(waits([asked, at(20, callFailed('front', 'f', { by: 'server', elapsedMs: 10 }))])).toEqual([
      [10, 20, 'broken', 500],
    ]);
  });

  test('the waits of a story are those of its own messages', () => {
    expect(waits([at(10, request('front', 'f', { uuids: ['u2'] }))])).toEqual([]);
  });
});

test('the tables of a story hold the last rows of its messages', () => {
  const { tables } = story([
    at(5, logRow('u1', { status: 'pending' })),
    at(6, logRow('u1', { status: 'accepted' })),
    at(6, logRow('u2', { status: 'accepted' })),
    at(7, row('go_sms_logs', { key: 'x', after: { message_uuid: 'unknown' } })),
    at(8, row('go_sms_logs', { key: 'gone', operation: 'delete', before: { message_uuid: 'u1' } })),
  ]);
  const shown = tables.map(({ table, rows }) => [
    table,
    rows.map(({ cells }) => Object.fromEntries(cells)).map(({ message_uuid, status }) => [message_uuid, status]),
  ]);
  expect(shown).toEqual([
    ['campaign_sms', [['u1', undefined]]],
    ['sms_logs', [['u1', 'accepted']]],
    ['go_sms_logs', [['unknown', undefined]]],
  ]);
});

test('rows of a story are named in the words of the protocol, and by their table where it has none', () => {
  const words = (table: string, after: Record<string, unknown>, before?: Record<string, unknown>): string[] =>
    story([
      at(5, row(table, { key: 'k', after, ...(before === undefined ? {} : { before, operation: 'update' }) })),
    ]).elements.flatMap((element) =>
      element.kind === 'point' && element.timeMs === 5 ? (element.row?.words ?? []) : [],
    );
  expect(words('send_authority', { holder: 'service', state: 'SENT' })).toEqual(['authority: service SENT']);
  expect(words('sms_logs', { source: 'go', status: 'accepted' })).toEqual(['log: go accepted']);
  expect(words('go_sms_logs', { status: 'pending', dry_run: true })).toEqual(["service's log, rehearsal: pending"]);
  expect(words('quota_ledger', { state: 'charged' })).toEqual(['ledger charged']);
  expect(words('quota_accounts', { units: 9 }, { units: 10 })).toEqual(['balance 10 -> 9']);
  expect(words('messaging_breakers', { name: 'live', state: 'CLOSED', failures: 1 })).toEqual([
    'live breaker CLOSED, 1 failed',
  ]);
  expect(words('campaign_sms', { settled: true }, { settled: false })).toEqual(['message settled']);
  expect(words('orders', { state: 'x' })).toEqual(['orders insert']);
});

describe('the past of a finding', () => {
  const events = [
    at(10, request('front', 'f', { uuids: ['u1'] })),
    at(11, request('back', 'b', { uuids: ['u1'] })),
    at(12, answer('back', 'b', { elapsedMs: 1 })),
    at(20, request('front', 'g', { uuids: ['u1'] })),
    at(400, nemesis({ crash: 'service' })),
    at(510, callFailed('front', 'f', { by: 'client', elapsedMs: 500 })),
    at(520, logRow('u1', { status: 'accepted' })),
    at(530, nemesis({ restart: 'service' })),
  ];
  const pastOf = (property: 'S8' | 'L1', kind: string): unknown[] => {
    const history = historyOf({}, [entered, ...events]);
    const witnesses = history.events.flatMap((event) =>
      event.kind === 'row' && event.table === kind ? [event.seq] : [],
    );
    const { elements, past } = storyOf(history, { findings: [{ property, message: '', items: ['c1#1'], witnesses }] });
    return elements.flatMap(({ seqs, timeMs }) => (seqs.some((seq) => past.includes(seq)) ? [timeMs] : []));
  };

  test('the past of a finding is what led to its witnesses, why a wait in it failed, and what happened to the systems before', () => {
    expect(pastOf('S8', 'sms_logs')).toEqual([1, 1, 10, 12, 400, 510, 520]);
  });

  test('the past of a finding is the whole run if the finding is that something never happened', () => {
    expect(pastOf('L1', 'sms_logs')).toEqual([1, 1, 10, 12, 20, 400, 510, 520, 530]);
  });
});
