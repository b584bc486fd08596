import { describe, expect, test } from 'vitest';
import type { HistoryEvent, Observation } from '../formats/event.ts';
import {
  answer,
  at,
  breaker,
  callFailed,
  entry,
  historyOf,
  nemesis,
  providerFault,
  quiescent,
  request,
} from '../history/history.fixture.ts';
import type { Fault } from '../formats/fault.ts';
import { SCRIPTED_TOLERANCES } from '../formats/tolerances.fixture.ts';
import { runChecker } from './checker.fixture.ts';
import { shadowTransparency } from './shadow-transparency.ts';
import { twinsHistory } from './twins.fixture.ts';

const none = { exercised: 0, found: [], undecided: [] };
const held = { exercised: 1, found: [], undecided: [] };
const accepted = at(12, answer('front', 'f2', { elapsedMs: 4, uuids: ['u2'] }));
const twins = (...given: Parameters<typeof twinsHistory>) => runChecker(shadowTransparency, twinsHistory(...given));
const atRest = at(4_000, quiescent);
const said = (...events: Observation[]) =>
  runChecker(shadowTransparency, historyOf({ mode: 'SHADOW' }, [...events, atRest]));
/** The same for two messages on a machine that may be up to 100 ms late. */
const saidOnBusy = (...events: Observation[]) => {
  const options = { mode: 'SHADOW', messages: 2, changes: { tolerances: { ...SCRIPTED_TOLERANCES, noiseMs: 100 } } };
  return runChecker(shadowTransparency, historyOf(options, [...events, atRest]));
};
const inForce = (fromMs: number, untilMs: number) => [
  at(fromMs, nemesis({ applied: 0 })),
  at(untilMs, nemesis({ healed: 0 })),
];
const saidUnderRefusal = (fromMs: number, untilMs: number, ...events: Observation[]) =>
  runChecker(
    shadowTransparency,
    historyOf({ mode: 'SHADOW', faults: [{ kind: 'refuse', fromMs, untilMs }] }, [
      ...inForce(fromMs, untilMs),
      ...events,
      atRest,
    ]),
  );
const entered = at(1, entry('c1#1', 'u1', 'SHADOW'));
const asked = at(10, request('front', 'f', { uuids: ['u1'], dryRun: true }));
const turnedDown = at(15, answer('front', 'f', { elapsedMs: 5, status: 503, uuids: [] }));
const endedBy = (by: 'client' | 'server', elapsedMs: number) =>
  at(10 + elapsedMs, callFailed('front', 'f', { by, elapsedMs }));
const askedForTwo = [
  entered,
  at(1, entry('c1#2', 'u2', 'SHADOW')),
  at(10, request('front', 'f', { uuids: ['u1', 'u2'], dryRun: true })),
];
const historyForTwo = (reported: Observation) =>
  historyOf({ mode: 'SHADOW', messages: 2 }, [...askedForTwo, reported, atRest]);
/** The service answers with one status word for each of the two messages. */
const answeredWith = (first: string, second: string, status = 200): Observation => {
  const results = [first, second].map((word, place) => ({
    messageUuid: `u${place + 1}`,
    status: word,
    providerMessageId: null,
  }));
  return { ...at(15, answer('front', 'f', { elapsedMs: 5, status })), results } as Observation;
};

describe('S13 ShadowTransparency', () => {
  test('S13 holds for twins whose users get equal answers', () => {
    expect(twins([accepted])).toEqual({ ...held, exercised: 2 });
  });

  test('S13 is violated by another answer in SHADOW, and by a later one', () => {
    const other = 'the user of c2 in SHADOW got another answer than the user of its twin in OFF';
    expect(twins([accepted], { reported: { status: 500 } }).found).toEqual([other]);
    expect(twins([accepted], { reported: { body: { error: 'no' } } }).found).toEqual([other]);
    expect(twins([accepted], { reported: { elapsedMs: 261 } }).found).toEqual([
      'the user of c2 in SHADOW waited 251 ms longer than in OFF',
    ]);
    expect(twins([accepted], { reported: { elapsedMs: 260 } }).found).toEqual([]);
    const [finding] = shadowTransparency.check(twinsHistory([accepted], { reported: { status: 500 } })).findings;
    expect(finding?.items).toEqual(['c1#1', 'c2#1']);
  });

  test('S13 compares nothing where a user got no answer', () => {
    const history = twinsHistory([accepted], { reported: { status: 500 } });
    for (const campaign of ['c1', 'c2']) {
      const isLeft = (event: HistoryEvent) => event.kind !== 'user-response' || event.campaign !== campaign;
      expect(runChecker(shadowTransparency, { ...history, events: history.events.filter(isLeft) })).toEqual(held);
    }
  });

  test('S13 compares nothing while the provider of the legacy app does not work, since only one of the twins may be affected', () => {
    const late = (fault: Fault) =>
      twins([accepted, ...inForce(0, 200)], { reported: { elapsedMs: 300 }, faults: [fault] }).found.length;
    const slow = { delayMs: 250, untilMs: 200 };
    expect(late(providerFault({ ...slow, system: 'legacy' }))).toBe(0);
    expect(late(providerFault({ ...slow, system: 'service' }))).toBe(1);
  });

  test('S13 is undecided about a delay that a busy machine may have made', () => {
    const reported = { elapsedMs: 261 };
    expect(twins([accepted], { reported, noiseMs: 100 })).toEqual({
      exercised: 1,
      found: [],
      undecided: ['whether the answer for c2 took longer because of its rehearsal'],
    });
    expect(twins([accepted], { reported: { elapsedMs: 260 }, noiseMs: 100 })).toEqual({ ...held, exercised: 2 });
  });

  test('S13 holds for a rehearsal that is accepted, and does not judge other modes', () => {
    expect(said(entered, asked, at(15, answer('front', 'f', { elapsedMs: 5 })))).toEqual(held);
    const live = [at(10, request('front', 'f', { uuids: ['u1'] })), turnedDown];
    const inOn = [at(1, entry('c1#1', 'u1')), ...live, atRest];
    expect(runChecker(shadowTransparency, historyOf({ mode: 'ON' }, inOn))).toEqual(none);
  });

  test('S13 is violated by a rehearsal that is not accepted, or never made', () => {
    const notAccepted = (how: string) => [`a rehearsal that no fault was near was ${how}`];
    expect(said(entered, asked, turnedDown).found).toEqual(
      notAccepted('answered 503, without accepting every message'),
    );
    expect(said(entered, asked).found).toEqual(notAccepted('never answered'));
    expect(said(entered, asked, endedBy('client', 500)).found).toEqual(notAccepted('not answered'));
    expect(said(entered).found).toEqual(['c1#1 entered in SHADOW, and was never rehearsed']);
  });

  test('S13 is violated by a rehearsal that is accepted for some messages only, or in an error', () => {
    const whole = answeredWith('accepted', 'accepted');
    for (const taken of [whole, answeredWith('accepted', 'accepted', 202)]) {
      expect(runChecker(shadowTransparency, historyForTwo(taken)).found).toEqual([]);
    }
    for (const other of [answeredWith('accepted', 'rejected'), answeredWith('accepted', 'accepted', 207)]) {
      expect(runChecker(shadowTransparency, historyForTwo(other)).found).toHaveLength(1);
    }
  });

  test('S13 does not judge a rehearsal that lacks a uuid', () => {
    const blank = at(10, request('front', 'f', { uuids: ['u1', ''], dryRun: true }));
    expect(said(entered, blank, turnedDown)).toEqual(none);
  });

  test('S13 excuses a rehearsal by a fault within its budget, and a missing rehearsal by a fault in the time for it', () => {
    expect(saidUnderRefusal(300, 400, entered, asked, turnedDown)).toEqual(none);
    expect(saidUnderRefusal(1_000, 1_100, entered)).toEqual(none);
    expect(
      said(at(-50, breaker('OPEN', { name: 'dry' })), at(0, breaker('HALF_OPEN', { name: 'dry' })), entered),
    ).toEqual(none);
  });

  test('S13 is undecided about what a busy machine may have delayed, and about nothing else', () => {
    const undecided = { ...none, undecided: ['whether the service or a busy machine made a rehearsal late'] };
    expect(saidOnBusy(entered, asked, endedBy('client', 400))).toEqual(undecided);
    expect(saidOnBusy(entered, asked, endedBy('server', 400)).found).toHaveLength(1);
    expect(saidOnBusy(entered, asked).found).toHaveLength(1);
    expect(saidOnBusy(entered, asked, turnedDown).found).toHaveLength(1);
    expect(saidOnBusy(...askedForTwo, answeredWith('accepted', 'in_progress')).undecided).toHaveLength(1);
    expect(saidOnBusy(...askedForTwo, answeredWith('accepted', 'rejected')).undecided).toEqual([]);
  });

  test('S13 judges no rehearsal before quiescence', () => {
    expect(runChecker(shadowTransparency, historyOf({ mode: 'SHADOW' }, [entered, asked]))).toEqual(none);
  });
});
