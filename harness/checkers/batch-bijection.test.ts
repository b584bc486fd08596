import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import {
  answer,
  at,
  authority,
  committed,
  during,
  attempt,
  entry,
  historyOf,
  request,
  sent,
} from '../history/history.fixture.ts';
import { batchBijection } from './batch-bijection.ts';
import { runChecker } from './checker.fixture.ts';

const entered = [at(1, entry('c1#1', 'u1')), at(1, entry('c1#2', 'u2'))];
const said = (...events: Observation[]) =>
  runChecker(batchBijection, historyOf({ messages: 2 }, [...entered, ...events]));
const asked = at(10, request('back', 'b', { uuids: ['u1', 'u2'] }));
const replied = (uuids: readonly string[], status = 200): Observation =>
  at(15, answer('back', 'b', { elapsedMs: 5, uuids, status }));
const silent = { exercised: 0, found: [], undecided: [] };

describe('S19 BatchBijection: an answer', () => {
  test('S19 holds for an answer that names each message once, in any order', () => {
    expect(said(asked, replied(['u2', 'u1']))).toEqual({ exercised: 1, found: [], undecided: [] });
  });

  test('S19 is violated by an answer that leaves a message out, adds one, or names one twice', () => {
    expect(said(asked, replied(['u1'])).found).toEqual(['an answer of the service omits c1#2']);
    expect(said(asked, replied(['u1', 'u2', 'u9'])).found).toEqual([
      'an answer of the service names u9, which was not requested',
    ]);
    expect(said(asked, replied(['u1', 'u1'])).found).toEqual([
      'an answer of the service omits c1#2 and names c1#1 more than once',
    ]);
  });

  test('S19 is violated by an answer that omits a blank uuid', () => {
    const blank = at(10, request('back', 'b', { uuids: ['u1', ''] }));
    expect(said(blank, replied(['u1'])).found).toEqual(['an answer of the service omits a blank uuid']);
  });

  test('S19 does not judge an answer that is an error or is missing, or whose request was not seen', () => {
    expect(said(asked, replied([], 503))).toEqual(silent);
    expect([199, 200, 299, 300].map((status) => said(asked, replied(['u1', 'u2'], status)).exercised)).toEqual([
      0, 1, 1, 0,
    ]);
    expect(said(asked)).toEqual(silent);
    expect(said(replied(['u1']))).toEqual(silent);
  });
});

describe('S19 BatchBijection: a fallback', () => {
  const called = at(10, request('front', 'f', { uuids: ['u1'] }));
  const held = authority('u1', { holder: 'legacy' });
  const unheld = ['the legacy app fell back for c1#1 without holding its authority'];

  test('S19 holds for a fallback for a message that the legacy app holds, or may hold', () => {
    expect(said(called, at(600, held), ...sent(610, 'legacy'))).toEqual({ exercised: 1, found: [], undecided: [] });
    const close = [committed(600, [605, 612], held), during(608, 610, attempt('legacy', 'c1#1', 'a'))];
    expect(said(called, ...close)).toEqual({ exercised: 1, found: [], undecided: [] });
  });

  test('S19 is violated by a fallback for a message that no system holds, the service holds, or the legacy app holds only later', () => {
    expect(said(called, ...sent(610, 'legacy')).found).toEqual(unheld);
    expect(said(called, at(20, authority('u1', { holder: 'service' })), ...sent(610, 'legacy')).found).toEqual(unheld);
    expect(said(called, ...sent(610, 'legacy'), at(700, held)).found).toEqual(unheld);
  });

  test('S19 does not judge a system that does not show its authority, other modes, and calls without a fallback', () => {
    const events = [...entered, called, ...sent(610, 'legacy')];
    const hidden = historyOf({ messages: 2, changes: { vantages: ['wire', 'database'] } }, events);
    expect(runChecker(batchBijection, hidden)).toEqual(silent);
    expect(runChecker(batchBijection, historyOf({ mode: 'OFF', messages: 2 }, events)).found).toEqual([]);
    expect(said(...sent(610, 'legacy'))).toEqual(silent);
    expect(said(called)).toEqual(silent);
    expect(said(called, ...sent(20, 'service'))).toEqual(silent);
  });
});
