import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import { SCRIPTED_TOLERANCES } from '../formats/tolerances.fixture.ts';
import {
  answer,
  at,
  breaker,
  callFailed,
  during,
  entry,
  historyOf,
  nemesis,
  quiescent,
  request,
  type ScriptOptions,
} from '../history/history.fixture.ts';
import { breakerCloses } from './breaker-closes.ts';
import { runChecker } from './checker.fixture.ts';

const atRest = at(9_000, quiescent);
const row = (ms: number, state: string, name = 'live'): Observation => at(ms, breaker(state, { name }));
const entered = (ms: number, mode = 'ON'): Observation => at(ms, entry('c1#1', 'u1', mode));
const saidWith = (options: ScriptOptions, ...events: Observation[]) =>
  runChecker(breakerCloses, historyOf(options, events));
const said = (...events: Observation[]) => saidWith({}, ...events);

describe('L6 BreakerCloses', () => {
  test('L6 holds for a breaker that closes once a message enters', () => {
    const closed = said(row(0, 'OPEN'), entered(1_000), row(1_002, 'HALF_OPEN'), row(1_010, 'CLOSED'), atRest);
    expect(closed).toEqual({ exercised: 1, found: [], undecided: [] });
  });

  test('L6 is violated by a breaker that stays OPEN or HALF_OPEN', () => {
    const stays = (state: string) => [`the live breaker stayed ${state} although c1#1 entered when no fault was near`];
    expect(said(row(0, 'OPEN'), entered(1_000), atRest)).toEqual({ exercised: 1, found: stays('OPEN'), undecided: [] });
    expect(said(row(0, 'OPEN'), entered(1_000), row(1_002, 'HALF_OPEN'), atRest).found).toEqual(stays('OPEN'));
    expect(said(row(0, 'OPEN'), row(10, 'HALF_OPEN'), entered(1_010), atRest).found).toEqual(stays('HALF_OPEN'));
  });

  test('L6 judges the breaker of rehearsals by rehearsals', () => {
    expect(said(row(0, 'OPEN', 'dry'), entered(1_000, 'SHADOW'), atRest).found).toEqual([
      'the dry breaker stayed OPEN although c1#1 entered when no fault was near',
    ]);
    expect(said(row(0, 'OPEN', 'dry'), entered(1_000), atRest).exercised).toBe(0);
    expect(said(row(0, 'OPEN'), entered(1_000, 'SHADOW'), atRest).exercised).toBe(0);
    expect(said(row(0, 'OPEN'), entered(1_000, 'OFF'), atRest).exercised).toBe(0);
  });

  test.each<[string, Observation[]]>([
    ['that enters before its breaker certainly probes', [row(0, 'OPEN'), entered(999), atRest]],
    ['that enters soon after its breaker opened late', [row(5_000, 'OPEN'), entered(5_999), atRest]],
    ['that finds its breaker CLOSED', [row(0, 'OPEN'), row(10, 'CLOSED'), entered(2_000), atRest]],
    [
      'when its breaker may be CLOSED by then',
      [row(0, 'OPEN'), during(990, 1_010, breaker('CLOSED')), entered(1_000), atRest],
    ],
    ['in a run without quiescence', [row(0, 'OPEN'), entered(1_000)]],
    ['when every breaker was always CLOSED', [entered(1_000), atRest]],
  ])('L6 does not judge a message %s', (_when, events) => {
    expect(said(...events)).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('L6 allows more time for a probe on a busy machine, and excuses a message by a fault while its call may last', () => {
    const busy = { changes: { tolerances: { ...SCRIPTED_TOLERANCES, noiseMs: 100 } } };
    const chances = [1_099, 1_100].map((ms) => saidWith(busy, row(0, 'OPEN'), entered(ms), atRest).exercised);
    expect(chances).toEqual([0, 1]);
    const refused = [at(3_000, nemesis({ applied: 0 })), at(3_100, nemesis({ healed: 0 }))];
    const faults = [{ kind: 'refuse', fromMs: 3_000, untilMs: 3_100 }] as const;
    expect(saidWith({ faults }, row(0, 'OPEN'), entered(1_000), ...refused, atRest).exercised).toBe(0);
  });

  test.each<[string, string, { found: number; undecided: string[] }]>([
    [
      'that may have failed leaves the breaker undecided',
      'f',
      { found: 0, undecided: ['whether the probe for c1#1 succeeded'] },
    ],
    ['before the entry does not', 'before', { found: 1, undecided: [] }],
    ['long after the entry does not', 'after', { found: 1, undecided: [] }],
    ['that succeeded does not', 'succeeded', { found: 1, undecided: [] }],
  ])('for L6, a call %s', (_what, call, expected) => {
    const failed = (ms: number) => [
      at(ms, request('front', call, { uuids: ['u1'] })),
      at(ms + 500, callFailed('front', call, { by: 'client', elapsedMs: 500 })),
    ];
    const calls: Record<string, Observation[]> = {
      f: failed(1_002),
      before: failed(400),
      after: failed(4_001),
      succeeded: [
        at(1_002, request('front', call, { uuids: ['u1'] })),
        at(1_010, answer('front', call, { elapsedMs: 8 })),
      ],
    };
    const { found, undecided } = said(row(0, 'OPEN'), entered(1_000), ...(calls[call] ?? []), atRest);
    expect({ found: found.length, undecided }).toEqual(expected);
  });

  test('L6 does not judge a system without a breaker that probes', () => {
    const history = historyOf({}, [row(0, 'OPEN'), entered(1_000), atRest]);
    const timings = { ...history.timings, breakerProbeAfterMs: 0 };
    expect(runChecker(breakerCloses, { ...history, timings }).exercised).toBe(0);
  });
});
