import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import { at, breaker, during, entry, historyOf, quiescent } from '../history/history.fixture.ts';
import { breakerCloses } from './breaker-closes.ts';
import { runChecker } from './checker.fixture.ts';

const atRest = at(9_000, quiescent);
const row = (ms: number, state: string, name = 'live'): Observation => at(ms, breaker(state, { name }));
const entered = (ms: number, mode = 'ON'): Observation => at(ms, entry('c1#1', 'u1', mode));
const said = (...events: Observation[]) => runChecker(breakerCloses, historyOf({}, events));

describe('L6 BreakerCloses', () => {
  test('holds for a breaker that closes once a message comes along', () => {
    const closed = said(row(0, 'OPEN'), entered(1_000), row(1_002, 'HALF_OPEN'), row(1_010, 'CLOSED'), atRest);
    expect(closed).toEqual({ exercised: 1, found: [], undecided: [] });
  });

  test('is violated by one that stays OPEN, or probes for ever', () => {
    const stays = (state: string) => [`the live breaker stayed ${state} although c1#1 came along when all was well`];
    expect(said(row(0, 'OPEN'), entered(1_000), atRest)).toEqual({ exercised: 1, found: stays('OPEN'), undecided: [] });
    expect(said(row(0, 'OPEN'), entered(1_000), row(1_002, 'HALF_OPEN'), atRest).found).toEqual(stays('OPEN'));
    expect(said(row(0, 'OPEN'), row(10, 'HALF_OPEN'), entered(1_010), atRest).found).toEqual(stays('HALF_OPEN'));
  });

  test('asks rehearsals of the breaker of rehearsals', () => {
    expect(said(row(0, 'OPEN', 'dry'), entered(1_000, 'SHADOW'), atRest).found).toEqual([
      'the dry breaker stayed OPEN although c1#1 came along when all was well',
    ]);
    expect(said(row(0, 'OPEN', 'dry'), entered(1_000), atRest).exercised).toBe(0);
    expect(said(row(0, 'OPEN'), entered(1_000, 'SHADOW'), atRest).exercised).toBe(0);
    expect(said(row(0, 'OPEN'), entered(1_000, 'OFF'), atRest).exercised).toBe(0);
  });

  test.each<[string, Observation[]]>([
    ['before it surely probes', [row(0, 'OPEN'), entered(999), atRest]],
    ['when it may be CLOSED by then', [row(0, 'OPEN'), during(990, 1_010, breaker('CLOSED')), entered(1_000), atRest]],
    ['in a run that did not come to rest', [row(0, 'OPEN'), entered(1_000)]],
    ['when no breaker was ever anything but CLOSED', [entered(1_000), atRest]],
  ])('says nothing of a message %s', (_when, events) => {
    expect(said(...events)).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('says nothing of a system without a breaker that probes', () => {
    const history = historyOf({}, [row(0, 'OPEN'), entered(1_000), atRest]);
    const timings = { ...history.timings, breakerProbeAfterMs: 0 };
    expect(runChecker(breakerCloses, { ...history, timings }).exercised).toBe(0);
  });
});
