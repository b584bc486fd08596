import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import { answer, at, callFailed, entry, historyOf, quiescent, request } from '../history/history.fixture.ts';
import { runChecker } from './checker.fixture.ts';
import { shadowTransparency } from './shadow-transparency.ts';
import { twinsHistory } from './twins.fixture.ts';

const none = { exercised: 0, found: [], undecided: [] };
const held = { exercised: 1, found: [], undecided: [] };
const accepted = at(12, answer('front', 'f2', { elapsedMs: 4, uuids: ['u2'] }));
const twins = (...given: Parameters<typeof twinsHistory>) => runChecker(shadowTransparency, twinsHistory(...given));
const said = (...events: Observation[]) =>
  runChecker(shadowTransparency, historyOf({ mode: 'SHADOW' }, [...events, at(4_000, quiescent)]));
const entered = at(1, entry('c1#1', 'u1', 'SHADOW'));
const asked = at(10, request('front', 'f', { uuids: ['u1'], dryRun: true }));

describe('S13 ShadowTransparency', () => {
  test('holds for twins whose users are answered alike', () => {
    expect(twins([accepted])).toEqual({ ...held, exercised: 2 });
  });

  test('is violated by another answer in SHADOW, and by a later one', () => {
    const other = 'the user of c2 in SHADOW was not answered as that of its twin in OFF';
    expect(twins([accepted], { told: { status: 500 } }).found).toEqual([other]);
    expect(twins([accepted], { told: { body: { error: 'no' } } }).found).toEqual([other]);
    expect(twins([accepted], { told: { elapsedMs: 261 } }).found).toEqual([
      'the user of c2 in SHADOW waited 251 ms longer than in OFF',
    ]);
    expect(twins([accepted], { told: { elapsedMs: 260 } }).found).toEqual([]);
  });

  test('is undecided about a delay that a busy machine may have made', () => {
    const told = { elapsedMs: 261 };
    expect(twins([accepted], { told, noiseMs: 100 })).toEqual({
      exercised: 1,
      found: [],
      undecided: ['whether the answer for c2 took longer for its rehearsal'],
    });
  });

  test('holds for a rehearsal that is accepted, and says nothing of other modes', () => {
    expect(said(entered, asked, at(15, answer('front', 'f', { elapsedMs: 5 })))).toEqual(held);
    const inOn = [at(1, entry('c1#1', 'u1')), at(4_000, quiescent)];
    expect(runChecker(shadowTransparency, historyOf({ mode: 'ON' }, inOn))).toEqual(none);
  });

  test('is violated by a rehearsal that is not accepted, or never made', () => {
    const error = at(15, answer('front', 'f', { elapsedMs: 5, status: 503, uuids: [] }));
    expect(said(entered, asked, error).found).toEqual([
      'a rehearsal that no fault was near was answered 503, and not accepted as a whole',
    ]);
    expect(said(entered, asked).found).toHaveLength(1);
    expect(
      said(entered, asked, at(510, callFailed('front', 'f', { by: 'client', elapsedMs: 500 }))).found,
    ).toHaveLength(1);
    expect(said(entered).found).toEqual(['c1#1 entered in SHADOW, and was never rehearsed']);
  });

  test('judges no rehearsal before all is at rest', () => {
    expect(runChecker(shadowTransparency, historyOf({ mode: 'SHADOW' }, [entered, asked]))).toEqual(none);
  });
});
