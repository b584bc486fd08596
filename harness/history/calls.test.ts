import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import { callsAt, pairCalls } from './calls.ts';
import { answer, at, callFailed, historyOf, request } from './history.fixture.ts';

/** A request at the front tap if the name of its call begins with f, else at the back tap. */
const asked = (ms: number, call: string, uuid = 'u1'): Observation =>
  at(ms, request(call.startsWith('f') ? 'front' : 'back', call, { uuids: [uuid] }));
const pairsOf = (...events: Observation[]) =>
  pairCalls(historyOf({}, events)).map(({ front, back, certain }) => [front.call, back?.call, certain]);

describe('calls at a tap', () => {
  test('calls at a tap have their request, their end and their times', () => {
    const history = historyOf({}, [asked(10, 'fa'), at(30, answer('front', 'fa', { elapsedMs: 22 }))]);
    expect(callsAt(history, 'front')).toMatchObject([
      { call: 'fa', uuids: ['u1'], dryRun: false, startMicros: 8_000, endMicros: 30_000 },
    ]);
    expect(callsAt(history, 'back')).toEqual([]);
  });

  test('calls at a tap have no request when none had passed', () => {
    const history = historyOf({}, [at(30, callFailed('front', 'a', { by: 'server', elapsedMs: 5 }))]);
    expect(callsAt(history, 'front')).toMatchObject([{ request: undefined, uuids: [], startMicros: 25_000 }]);
  });

  test('calls at a tap begin at their observed end minus their duration', () => {
    const seenLate = { ...at(30, callFailed('front', 'a', { by: 'client', elapsedMs: 20 })), earliest: 12_000 };
    expect(callsAt(historyOf({}, [seenLate]), 'front')).toMatchObject([{ startMicros: 10_000, endMicros: 12_000 }]);
  });

  test('calls at a tap do not include late calls of another run', () => {
    const foreign = at(10, request('front', 'a', { uuids: ['old'], tenantId: 77 }));
    expect(callsAt(historyOf({}, [foreign]), 'front')).toEqual([]);
  });
});

describe('calls of both taps', () => {
  test('calls of both taps are paired by their content and in their order', () => {
    expect(
      pairsOf(
        asked(10, 'f1'),
        asked(11, 'f2', 'u2'),
        asked(12, 'b1', 'u2'),
        asked(20, 'f3'),
        asked(700, 'b2'),
        asked(720, 'b3'),
      ),
    ).toEqual([
      ['f1', 'b2', true],
      ['f2', 'b1', true],
      ['f3', 'b3', true],
    ]);
  });

  test('calls of both taps are never paired if the arrival came before the request', () => {
    expect(pairsOf(asked(5, 'b1'), asked(10, 'f1'))).toEqual([['f1', undefined, true]]);
  });

  test('calls of both taps are not paired if the first was answered before the arrival, while an equal call was open', () => {
    const atGateway = at(11, answer('front', 'fa', { elapsedMs: 1, status: 503 }));
    expect(pairsOf(asked(10, 'fa'), atGateway, asked(500, 'fb'), asked(501, 'b1'))).toEqual([
      ['fa', undefined, false],
      ['fb', 'b1', false],
    ]);
    expect(pairsOf(asked(10, 'fa'), atGateway, asked(501, 'b1'))).toEqual([['fa', 'b1', true]]);
  });

  test('calls of both taps are paired without certainty when one of several equal calls was lost', () => {
    expect(pairsOf(asked(10, 'f1'), asked(600, 'f2'), asked(601, 'b1'))).toEqual([
      ['f1', 'b1', false],
      ['f2', undefined, false],
    ]);
  });
});
