import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import {
  at,
  attempt,
  during,
  entry,
  historyOf,
  logRow,
  quiescent,
  request,
  sent,
  trigger,
} from '../history/history.fixture.ts';
import { runChecker, witnessesOf } from './checker.fixture.ts';
import { SCRIPTED_TIMINGS } from '../formats/tolerances.fixture.ts';
import { flipsConverge } from './flips-converge.ts';

const held = { exercised: 1, found: [], undecided: [] };
const none = { exercised: 0, found: [], undecided: [] };
const flip = (ms: number, mode: string) =>
  during(ms, ms + 2, { observer: 'rig', kind: 'flip', tenant: 't1', mode } as const);
const pinned = (ms: number, mode: string) => at(ms, entry('c1#1', 'u1', mode));
const ended = at(50, logRow('u1', { status: 'accepted' }));
const flippedWith = (...events: Observation[]) => historyOf({ mode: 'OFF' }, [...events, at(4_000, quiescent)]);
const said = (...events: Observation[]) => runChecker(flipsConverge, flippedWith(...events));

describe('L8 FlipsConverge', () => {
  test('L8 does not judge a tenant without flips or messages, nor a run before quiescence', () => {
    expect(said(pinned(5, 'OFF'))).toEqual(none);
    expect(said(flip(10, 'ON'))).toEqual(none);
    expect(runChecker(flipsConverge, historyOf({ mode: 'OFF' }, [pinned(5, 'OFF'), flip(10, 'ON')]))).toEqual(none);
  });

  test('L8 holds for a message that enters after the last flip and follows it', () => {
    const after = [flip(10, 'SHADOW'), flip(20, 'ON'), at(30, trigger())];
    expect(said(...after, pinned(35, 'ON'))).toEqual(held);
    expect(said(...after, pinned(35, 'OFF')).found).toEqual(['c1#1 entered in OFF after t1 had been flagged ON']);
  });

  test('L8 judges a message without a pinned mode by what happens to it', () => {
    const after = [flip(10, 'ON'), at(30, trigger()), pinned(35, '')];
    expect(said(...after)).toEqual(none);
    expect(said(...after, ...sent(40, 'service'))).toEqual(held);
    expect(said(...after, at(40, request('front', 'f', { uuids: ['u1'], dryRun: true }))).found).toHaveLength(1);
  });

  test('L8 shows the flip and the entry, and what happened to a message without a pinned mode', () => {
    const rehearsed = at(40, request('front', 'f', { uuids: ['u1'], dryRun: true }));
    const after = [flip(10, 'ON'), at(30, trigger())];
    expect(witnessesOf(flipsConverge, flippedWith(...after, pinned(35, ''), rehearsed))).toEqual([
      ['flip', 'entry', 'request'],
    ]);
    expect(witnessesOf(flipsConverge, flippedWith(...after, pinned(35, 'OFF'), rehearsed))).toEqual([
      ['flip', 'entry'],
    ]);
  });

  test('L8 demands the new mode once no system may read the old one any more', () => {
    const timings = { ...SCRIPTED_TIMINGS, flagStalenessMs: 50 };
    const saidOf = (ms: number, ...events: Observation[]) =>
      runChecker(
        flipsConverge,
        historyOf({ mode: 'OFF', changes: { timings } }, [
          flip(10, 'ON'),
          at(ms, trigger()),
          pinned(ms, 'OFF'),
          ...events,
          at(4_000, quiescent),
        ]),
      );
    expect(saidOf(61, ended)).toEqual(held);
    expect(saidOf(62, ended).found).toEqual(['c1#1 entered in OFF after t1 had been flagged ON']);
  });

  test('L8 demands an end of each message that entered before the flip', () => {
    expect(said(pinned(5, 'OFF'), flip(10, 'ON'), ended)).toEqual(held);
    expect(said(pinned(5, 'OFF'), flip(10, 'ON')).found).toEqual([
      'c1#1 entered before t1 was flagged ON, and never ended',
    ]);
  });

  test('L8 is undecided about the end of a message whose provider has not answered', () => {
    expect(said(pinned(5, 'OFF'), flip(10, 'ON'), at(20, attempt('legacy', 'c1#1', 'a')))).toEqual({
      exercised: 0,
      found: [],
      undecided: ['what happened to c1#1: the provider has not answered an attempt'],
    });
  });

  test('L8 does not judge the mode of a message that entered while the flip was made', () => {
    expect(said(at(9, trigger()), flip(10, 'ON'), pinned(13, 'OFF'), ended)).toEqual(none);
  });
});
