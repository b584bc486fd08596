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
import { runChecker } from './checker.fixture.ts';
import { flipsConverge } from './flips-converge.ts';

const held = { exercised: 1, found: [], undecided: [] };
const none = { exercised: 0, found: [], undecided: [] };
const flip = (ms: number, mode: string) =>
  during(ms, ms + 2, { observer: 'rig', kind: 'flip', tenant: 't1', mode } as const);
const pinned = (ms: number, mode: string) => at(ms, entry('c1#1', 'u1', mode));
const ended = at(50, logRow('u1', { status: 'accepted' }));
const said = (...events: Observation[]) =>
  runChecker(flipsConverge, historyOf({ mode: 'OFF' }, [...events, at(4_000, quiescent)]));

describe('L8 FlipsConverge', () => {
  test('says nothing of a tenant that was never flagged anew, or before all is at rest', () => {
    expect(said(pinned(5, 'OFF'))).toEqual(none);
    expect(runChecker(flipsConverge, historyOf({ mode: 'OFF' }, [pinned(5, 'OFF'), flip(10, 'ON')]))).toEqual(none);
  });

  test('holds for a message that enters after the last flip and goes by it', () => {
    const after = [flip(10, 'SHADOW'), flip(20, 'ON'), at(30, trigger())];
    expect(said(...after, pinned(35, 'ON'))).toEqual(held);
    expect(said(...after, pinned(35, 'OFF')).found).toEqual(['c1#1 entered in OFF after t1 had been flagged ON']);
  });

  test('goes by what happens to a message that no mode is pinned to', () => {
    const after = [flip(10, 'ON'), at(30, trigger()), pinned(35, '')];
    expect(said(...after)).toEqual(none);
    expect(said(...after, ...sent(40, 'service'))).toEqual(held);
    expect(said(...after, at(40, request('front', 'f', { uuids: ['u1'], dryRun: true }))).found).toHaveLength(1);
  });

  test('asks for an end of each message that entered before the flip', () => {
    expect(said(pinned(5, 'OFF'), flip(10, 'ON'), ended)).toEqual(held);
    expect(said(pinned(5, 'OFF'), flip(10, 'ON')).found).toEqual([
      'c1#1 entered before t1 was flagged ON, and never came to an end',
    ]);
  });

  test('is undecided about the end of a message whose provider has not answered', () => {
    expect(said(pinned(5, 'OFF'), flip(10, 'ON'), at(20, attempt('legacy', 'c1#1', 'a')))).toEqual({
      exercised: 0,
      found: [],
      undecided: ['what became of c1#1: the provider has not answered an attempt'],
    });
  });

  test('asks nothing of the mode of a message that entered while the flip was made', () => {
    expect(said(at(9, trigger()), flip(10, 'ON'), pinned(13, 'OFF'), ended)).toEqual(none);
  });
});
