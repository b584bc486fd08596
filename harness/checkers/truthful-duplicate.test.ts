import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import {
  accept,
  answer,
  at,
  attempt,
  during,
  entry,
  historyOf,
  reject,
  request,
  sent,
} from '../history/history.fixture.ts';
import { runChecker } from './checker.fixture.ts';
import { truthfulDuplicate } from './truthful-duplicate.ts';

const said = (...events: Observation[]) =>
  runChecker(truthfulDuplicate, historyOf({}, [at(1, entry('c1#1', 'u1')), ...events]));
const asked = (ms: number, dryRun = false) => at(ms, request('back', 'b', { uuids: ['u1'], dryRun }));
const reported = (status: string, uuid = 'u1') => answer('back', 'b', { elapsedMs: 5, uuids: [uuid], result: status });
const untrue = ['the service called c1#1 a duplicate, and the provider had not accepted it'];

describe('S11 TruthfulDuplicate', () => {
  test('S11 holds for a message that was accepted before, by either system', () => {
    for (const system of ['service', 'legacy'] as const) {
      const held = said(...sent(10, system), asked(20), at(25, reported('duplicate')));
      expect(held).toEqual({ exercised: 1, found: [], undecided: [] });
    }
  });

  test('S11 does not judge other answers, nor rehearsals', () => {
    expect(said(asked(20), at(25, reported('in_progress')))).toMatchObject({ exercised: 0, found: [] });
    expect(said(asked(20, true), at(25, reported('duplicate')))).toMatchObject({ exercised: 0, found: [] });
  });

  test('S11 is violated by a message that was never tried, was rejected, or is accepted later', () => {
    expect(said(asked(20), at(25, reported('duplicate'))).found).toEqual(untrue);
    const rejected = [at(10, attempt('service', 'c1#1', 'a')), at(11, reject('service', 'c1#1', 'a'))];
    expect(said(...rejected, asked(20), at(25, reported('duplicate'))).found).toEqual(untrue);
    expect(said(asked(20), at(25, reported('duplicate')), ...sent(30, 'service'))).toMatchObject({
      exercised: 1,
      found: untrue,
    });
  });

  test('S11 is undecided while it is not known whether the acceptance came first', () => {
    const late = [at(10, attempt('service', 'c1#1', 'a')), during(20, 30, accept('service', 'c1#1', 'a'))];
    expect(said(...late, asked(20), during(24, 26, reported('duplicate')))).toEqual({
      exercised: 0,
      found: [],
      undecided: ['whether c1#1 had been accepted when the service called it a duplicate'],
    });
  });

  test('S11 is undecided for a uuid that belongs to no message', () => {
    expect(said(asked(20), at(25, reported('duplicate', 'u9')))).toMatchObject({
      found: [],
      undecided: [expect.any(String)],
    });
  });

  test('S11 holds where one acceptance certainly came first, even if another came later', () => {
    const late = [at(10, attempt('legacy', 'c1#1', 'a')), during(20, 30, accept('legacy', 'c1#1', 'a'))];
    expect(said(...sent(10, 'service'), ...late, asked(20), during(24, 26, reported('duplicate')))).toMatchObject({
      exercised: 1,
      undecided: [],
    });
  });

  test('S11 names the answer and the attempts', () => {
    const rejected = [at(10, attempt('service', 'c1#1', 'a')), at(11, reject('service', 'c1#1', 'a'))];
    const history = historyOf({}, [at(1, entry('c1#1', 'u1')), ...rejected, asked(20), at(25, reported('duplicate'))]);
    const [finding] = truthfulDuplicate.check(history).findings;
    expect(finding?.witnesses.map((seq) => history.events[seq]?.kind)).toEqual(['attempt', 'reject', 'answer']);
  });
});
