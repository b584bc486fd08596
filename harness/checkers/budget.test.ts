import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import { type Vantage, VANTAGES } from '../formats/vantages.ts';
import {
  answer,
  at,
  callFailed,
  during,
  entry,
  historyOf,
  nemesis,
  quiescent,
  recover,
  request,
  trigger,
} from '../history/history.fixture.ts';
import { budget } from './budget.ts';
import { runChecker } from './checker.fixture.ts';

const said = (...events: Observation[]) =>
  runChecker(budget, historyOf({}, [at(0, trigger()), at(1, entry('c1#1', 'u1')), ...events]));
const asked = (ms: number, call: string, dryRun = false) => at(ms, request('front', call, { uuids: ['u1'], dryRun }));
const answered = (ms: number, call: string) => at(ms, answer('front', call, { elapsedMs: ms - 10 }));

describe('S14 Budget', () => {
  test('S14 holds for calls that end in time, one for each occasion', () => {
    const events = [
      asked(10, 'a'),
      at(520, callFailed('front', 'a', { by: 'client', elapsedMs: 510 })),
      at(600, trigger('c1', 2)),
      asked(610, 'b'),
      at(620, answer('front', 'b', { elapsedMs: 10 })),
      at(900, recover()),
      asked(901, 'c'),
      at(902, answer('front', 'c', { elapsedMs: 1 })),
    ];
    expect(said(...events)).toEqual({ exercised: 3, found: [], undecided: [] });
  });

  test('S14 is violated by a call that lasts too long, and undecided where a busy machine may have delayed it', () => {
    const lasting = (elapsedMs: number) =>
      said(asked(10, 'a'), at(10 + elapsedMs, answer('front', 'a', { elapsedMs })));
    expect(lasting(750)).toMatchObject({ found: [], undecided: [] });
    expect(lasting(751)).toMatchObject({ found: [], undecided: [expect.stringContaining('751 ms')] });
    expect(lasting(1_000)).toMatchObject({ found: [], undecided: [expect.any(String)] });
    expect(lasting(1_001)).toMatchObject({
      found: ['a call to the service lasted 1001 ms; its budget is 500 ms'],
      undecided: [],
    });
  });

  test('S14 allows a call the delay with which its end may have been observed', () => {
    const endObserved = (lateMs: number) => {
      const end = at(1_260, answer('front', 'a', { elapsedMs: 1_100 }));
      return said(asked(160, 'a'), { ...end, earliest: end.latest - lateMs * 1_000 }).found;
    };
    expect([endObserved(150), endObserved(50).length]).toEqual([[], 1]);
  });

  test('S14 is undecided for a call during which the legacy app was stopped', () => {
    const faults: Fault[] = [{ kind: 'pause', process: 'legacy', lastsMs: 900, fromMs: 0, untilMs: 2_000 }];
    const events = [asked(10, 'a'), at(1_200, answer('front', 'a', { elapsedMs: 1_190 }))];
    const saidWith = (...more: Observation[]) => runChecker(budget, historyOf({ faults }, [...events, ...more]));
    expect(saidWith(at(100, nemesis({ applied: 0 })), at(1_000, nemesis({ healed: 0 })))).toMatchObject({
      found: [],
      undecided: [expect.stringContaining('stopped')],
    });
    expect(saidWith()).toMatchObject({ found: [expect.any(String)], undecided: [] });
  });

  test('S14 is violated by a call that never ends', () => {
    expect(said(asked(10, 'a'), at(3_000, quiescent)).found).toEqual(['a call to the service never ended']);
    expect(said(asked(10, 'a'))).toMatchObject({ found: [], undecided: [expect.any(String)] });
  });

  test('S14 is violated by a hidden second request', () => {
    expect(said(asked(10, 'a'), asked(12, 'b'), answered(30, 'a'), answered(30, 'b')).found).toEqual([
      'c1#1 was requested twice, and only 1 occasion allowed it',
    ]);
  });

  test('S14 counts the occasion that may have come before a request that was observed late', () => {
    const late = during(20, 60, request('front', 'a', { uuids: ['u1'] }));
    const asks = (ms: number) =>
      said(late, at(ms, trigger('c1', 2)), asked(25, 'b'), answered(70, 'a'), answered(70, 'b'));
    expect([asks(40).found, asks(61).found.length]).toEqual([[], 1]);
  });

  test('S14 allows one more call for each end of a legacy app that sends from a queue, because the job is run again', () => {
    const calls = [asked(10, 'a'), answered(20, 'a'), asked(500, 'b'), answered(510, 'b')];
    const ended = at(100, nemesis({ crash: 'legacy' }));
    const findings = (vantages: readonly Vantage[], ...more: Observation[]): number =>
      runChecker(
        budget,
        historyOf({ changes: { vantages: [...vantages] } }, [
          at(0, trigger()),
          at(1, entry('c1#1', 'u1')),
          ...calls,
          ended,
          ...more,
        ]),
      ).found.length;
    const queued = VANTAGES.filter((vantage) => vantage !== 'admission');
    expect(findings(VANTAGES)).toBe(1);
    expect(findings(queued)).toBe(0);
    expect(findings(queued, asked(600, 'c'), answered(610, 'c'))).toBe(1);
    expect(findings(queued, at(550, nemesis({ exit: 'legacy' })), asked(600, 'c'), answered(610, 'c'))).toBe(0);
  });

  test('S14 does not judge the duration of rehearsals, and counts them separately', () => {
    expect(said(asked(10, 'a', true), answered(2_000, 'a'))).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('S14 allows a live call and a rehearsal for the same occasion', () => {
    expect(said(asked(10, 'a'), answered(20, 'a'), asked(30, 'b', true), answered(40, 'b')).found).toEqual([]);
  });

  test('S14 names the requests up to the first excess one, and the number of occasions', () => {
    const history = historyOf({}, [
      at(0, trigger()),
      at(1, entry('c1#1', 'u1')),
      at(5, trigger('c1', 2)),
      ...['a', 'b', 'c', 'd'].flatMap((call, place) => [asked(10 + place, call), answered(30 + place, call)]),
    ]);
    const [finding] = budget.check(history).findings;
    expect(finding?.message).toBe('c1#1 was requested 3 times, and only 2 occasions allowed it');
    expect(finding?.witnesses.map((seq) => history.events[seq])).toMatchObject(
      ['a', 'b', 'c'].map((call) => ({ kind: 'request', call })),
    );
  });

  test('S14 ignores calls whose request never arrived whole', () => {
    const broken = at(1_300, callFailed('front', 'a', { by: 'server', elapsedMs: 1_290 }));
    expect(said(broken)).toEqual({ exercised: 0, found: [], undecided: [] });
  });
});
