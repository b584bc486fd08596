import { expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import type { Goal } from '../formats/goal.ts';
import { goalsReached } from './goals.ts';
import {
  accept,
  answer,
  at,
  breaker,
  callFailed,
  entry,
  type Happening,
  historyOf,
  logRow,
  nemesis,
  quiescent,
  reconciliation,
  repeat,
  request,
  row,
  sent,
} from './history.fixture.ts';

const entered = at(1, entry('c1#1', 'u1'));

function reached(...events: Observation[]): Goal[] {
  return [...goalsReached(historyOf({}, [...events, at(5_000, quiescent)]))];
}

test('an ordinary run reaches no goal about the protocol', () => {
  expect(reached(entered, ...sent(3, 'service'), at(9, logRow('u1', { status: 'accepted' })))).toEqual([]);
});

test('the goal of a winning fallback counts in ON only', () => {
  expect(reached(entered, ...sent(600, 'legacy'))).toEqual(['fallback won']);
  expect(reached(at(1, entry('c1#1', 'u1', 'OFF')), ...sent(600, 'legacy'))).toEqual([]);
});

test('the goal of a late send counts when the service sends after the legacy app has given up', () => {
  const asked = at(2, request('front', 'f1', { uuids: ['u1'] }));
  const givenUp = at(502, callFailed('front', 'f1', { by: 'client', elapsedMs: 500 }));
  expect(reached(entered, asked, givenUp, at(700, accept('service', 'c1#1', 'a')))).toEqual([
    'fallback lost to a late acceptance',
  ]);
  expect(reached(entered, asked, at(300, accept('service', 'c1#1', 'a')), givenUp)).toEqual([]);
});

test('the goal of an open breaker counts when a system opened it, not when the rig did', () => {
  expect(reached(at(1, breaker('OPEN')), at(2, breaker('HALF_OPEN')))).toEqual(['breaker opened', 'breaker probed']);
  expect(reached(at(1, breaker('OPEN', { role: 'rig_role' })))).toEqual([]);
});

test('the goal of a recovered claim counts when its epoch grows, and that of an unknown when the authority becomes UNKNOWN', () => {
  const authority = (epoch: number, state: string, before: Record<string, unknown> | null = null): Observation =>
    at(1, row('send_authority', { key: 'u1', before, after: { epoch, state } }));
  expect(reached(authority(1, 'CLAIMED'))).toEqual([]);
  expect(reached(authority(2, 'CLAIMED', { epoch: 1 }))).toEqual(['claim recovered']);
  expect(reached(authority(1, 'UNKNOWN', { epoch: 1 }))).toEqual(['unknown surfaced']);
});

test('the goal of resolved doubt counts when the authority goes from UNKNOWN to SENT', () => {
  const settled = (before: string, after: string) =>
    reached(at(1, row('send_authority', { key: 'u1', before: { state: before }, after: { state: after } })));
  expect(settled('UNKNOWN', 'SENT')).toEqual(['doubt resolved after surfacing']);
  expect(settled('SENDING', 'SENT')).toEqual([]);
});

test('the goal of rehearsals that open a breaker counts while no live call has opened one', () => {
  const [live, dry] = [at(1, breaker('OPEN')), at(2, breaker('OPEN', { name: 'dry' }))];
  expect(reached(dry)).toEqual(['breaker opened by rehearsals alone', 'breaker opened']);
  expect(reached(live, dry)).toEqual(['breaker opened']);
});

test('the goals of recovery and reconciliation beside traffic count while something is under way', () => {
  const round = (report: Record<string, number>): Happening => ({ observer: 'rig', kind: 'recover', round: 1, report });
  const beside = (...events: Observation[]) => [
    ...goalsReached(historyOf({ steps: [{ kind: 'recover', atMs: 5 }] }, [entered, ...events])),
  ];
  expect(beside(at(5, round({ pending: 1 })), at(6, reconciliation()))).toEqual([
    'recovered beside traffic',
    'reconciled beside traffic',
  ]);
  const logged = at(4, logRow('u1', { status: 'accepted' }));
  expect(beside(logged, at(5, round({ pending: 0 })), at(6, reconciliation()))).toEqual([]);
  expect(reached(at(5, round({ settled: 1 })))).toEqual([]);
});

test('the goal of a duplicate counts for a duplicate in an answer', () => {
  const results = [{ messageUuid: 'u1', status: 'duplicate', providerMessageId: 'SM1' }];
  expect(reached(entered, at(4, { ...answer('back', 'b1', { elapsedMs: 2 }), results } as Happening))).toEqual([
    'duplicate answered',
  ]);
});

test('the goal of a graceful end counts when a process was asked to end while a message was under way, and ended by itself', () => {
  const asked = at(5, nemesis({ terminate: 'service' }));
  const exit = (isKilled: boolean): Observation => at(6, nemesis({ exit: 'service', isKilled }));
  expect(reached(entered, asked, exit(false))).toEqual(['terminated with grace']);
  expect(reached(entered, asked, exit(true))).toEqual([]);
  expect(reached(asked, exit(false))).toEqual([]);
});

test('the goal of a repeated uuid with another payload counts once the service has answered', () => {
  const goal = 'uuid repeated with another payload';
  expect(reached(at(5, repeat('conflict', { body: 'another' })))).toEqual([goal]);
  expect(reached(at(5, repeat(null, { body: 'another', status: null })))).toEqual([]);
});

test('the goal of a flip or a crash counts while a message has no final row', () => {
  const flip = at(5, { observer: 'rig', kind: 'flip', tenant: 't1', mode: 'OFF' });
  const crash = at(6, { observer: 'rig', kind: 'crash', process: 'service', expected: true });
  expect(reached(entered, flip, crash)).toEqual(['mode flipped in flight', 'service crashed in flight']);
  expect(reached(entered, at(3, logRow('u1', { status: 'accepted' })), flip, crash)).toEqual([]);
});
