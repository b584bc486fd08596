import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import {
  answer,
  at,
  breaker as breakerRow,
  callFailed,
  during,
  entry,
  historyOf,
  nemesis,
  request,
  type ScriptOptions,
} from '../history/history.fixture.ts';
import { breaker } from './breaker.ts';
import { runChecker, witnessesOf } from './checker.fixture.ts';

const MESSAGES = 9;
const uuids = Array.from({ length: MESSAGES }, (_, index) => `u${index + 1}`);
const entered = uuids.map((messageUuid, index) => at(1, entry(`c1#${index + 1}`, messageUuid)));

const said = (events: readonly Observation[], options: ScriptOptions = {}) =>
  runChecker(breaker, historyOf({ messages: MESSAGES, ...options }, [...entered, ...events]));

/** The same for one message, which enters at `enteredMs`. */
const saidOf = (enteredMs: number, mode: string, ...events: Observation[]) =>
  runChecker(breaker, historyOf({ mode }, [...events, at(enteredMs, entry('c1#1', 'u1', mode))]));

const row = (ms: number, state: string, name = 'live'): Observation => at(ms, breakerRow(state, { name }));
const planted = (ms: number, name = 'live'): Observation => at(ms, breakerRow('OPEN', { name, role: 'rig_role' }));
/** A call that ended before its request was read. */
const unread = (ms: number): Observation => at(ms, callFailed('front', 'f-unread', { by: 'server', elapsedMs: 5 }));

/** A call for message number `place`: `broken` after 5 ms, or `answered` after `elapsedMs`. */
const broken = (ms: number, place: number, dryRun = false): Observation[] => [
  at(ms, request('front', `f${place}`, { uuids: [`u${place}`], dryRun })),
  at(ms + 5, callFailed('front', `f${place}`, { by: 'server', elapsedMs: 5 })),
];
const answered = (ms: number, place: number, { elapsedMs = 5, dryRun = false } = {}): Observation[] => [
  at(ms, request('front', `f${place}`, { uuids: [`u${place}`], dryRun })),
  at(ms + elapsedMs, answer('front', `f${place}`, { elapsedMs, uuids: [`u${place}`] })),
];
const burst = (fromMs: number, count: number, dryRun = false): Observation[] =>
  Array.from({ length: count }, (_, index) => broken(fromMs + index, index + 1, dryRun)).flat();

/** A call that failed at some time between the two. */
const endedBetween = (fromMs: number, untilMs: number): Observation[] => [
  at(90, request('front', 'f9', { uuids: ['u9'] })),
  during(fromMs, untilMs, callFailed('front', 'f9', { by: 'server', elapsedMs: 5 })),
];

describe('S15 Breaker, OPEN', () => {
  test('S15 with an OPEN breaker holds while no call leaves, and counts the messages that entered then', () => {
    const events = [planted(0), at(2, entry('c1#1', 'u1')), row(600, 'HALF_OPEN'), ...answered(601, 1)];
    const history = historyOf({ messages: 1 }, [planted(0), at(2, entry('c1#1', 'u1')), ...events.slice(2)]);
    expect(runChecker(breaker, history)).toEqual({ exercised: 2, found: [], undecided: [] });
  });

  test('S15 with an OPEN breaker is violated by a call that leaves', () => {
    expect(said([planted(2), ...answered(600, 1)]).found).toEqual(['a call left while the live breaker was OPEN']);
    expect(said([planted(2, 'dry'), ...answered(600, 1, { dryRun: true })]).found).toEqual([
      'a rehearsal left while the dry breaker was OPEN',
    ]);
    expect(said([planted(2), at(600, request('front', 'f', { uuids: ['u99'] }))]).found).toHaveLength(1);
  });

  test('S15 with an OPEN breaker counts a message once if no call of its own kind was made for long enough', () => {
    expect(saidOf(2, 'ON', planted(0)).exercised).toBe(1);
    expect(saidOf(2, 'SHADOW', planted(0, 'dry')).exercised).toBe(1);
    expect(saidOf(2, 'OFF', planted(0), planted(0, 'dry')).exercised).toBe(0);
    expect(saidOf(2, 'ON', planted(0), row(100, 'HALF_OPEN')).exercised).toBe(0);
    // A call that left nevertheless exercises the property itself.
    for (const ms of [100, 252]) expect(saidOf(2, 'ON', planted(0), ...answered(ms, 1)).exercised).toBe(1);
    const probed = [row(600, 'HALF_OPEN'), ...answered(700, 1)];
    expect(saidOf(2, 'ON', planted(0), at(100, request('front', 'f', { uuids: ['u1'] })), ...probed).exercised).toBe(2);
  });

  test('S15 with an OPEN breaker does not judge a call that could not be read or whose kind is unknown', () => {
    expect(said([planted(2), unread(605)])).toMatchObject({ found: [], undecided: [] });
    const unknown = { ...request('front', 'f', { uuids: ['u1'] }), dryRun: null } as ReturnType<typeof request>;
    expect(said([planted(2), at(600, unknown)])).toMatchObject({ found: [], undecided: [] });
  });

  test('S15 with an OPEN breaker ignores calls of the other breaker', () => {
    expect(said([planted(2), ...answered(600, 1, { dryRun: true })]).found).toEqual([]);
    expect(said([planted(2, 'dry'), ...answered(600, 1)]).found).toEqual([]);
  });

  test('S15 with an OPEN breaker is undecided about a call that may have asked the breaker before it opened', () => {
    expect(said([planted(400), ...answered(600, 1)])).toMatchObject({
      found: [],
      undecided: [
        'whether a call left although the live breaker was OPEN: the legacy app may have asked the breaker before it opened',
      ],
    });
    expect(said([planted(349), ...answered(600, 1)]).found).toHaveLength(1);
    expect(saidOf(500, 'ON', planted(400), ...answered(600, 1)).found).toHaveLength(1);
  });

  test('S15 with an OPEN breaker is undecided about a call before which the legacy app was stopped', () => {
    const faults: Fault[] = [{ kind: 'pause', process: 'legacy', lastsMs: 500, fromMs: 0, untilMs: 2_000 }];
    const stopped = [at(90, nemesis({ applied: 0 })), at(590, nemesis({ healed: 0 }))];
    expect(said([planted(100), ...answered(600, 1), ...stopped], { faults })).toMatchObject({
      found: [],
      undecided: [
        'whether a call left although the live breaker was OPEN: the legacy app may not have been able to ask the breaker',
      ],
    });
  });
});

describe('S15 Breaker, opening', () => {
  test('S15 holds for a breaker that opens at the last failure of its window', () => {
    expect(said([...burst(100, 5), row(110, 'OPEN')])).toEqual({ exercised: 7, found: [], undecided: [] });
  });

  test('S15 is violated by a breaker that opens after too few failures', () => {
    const four = [...burst(100, 4), row(110, 'OPEN')];
    expect(said(four).found).toEqual(['the live breaker opened with at most 4 of 5 required failures']);
    const [shown] = witnessesOf(breaker, historyOf({ messages: MESSAGES }, [...entered, ...four]));
    expect(shown?.toSorted()).toEqual([...Array(4).fill('call-failed'), ...Array(4).fill('request'), 'row']);
  });

  test('S15 is violated by a breaker that opens after failures of the other kind', () => {
    expect(said([...burst(100, 5, true), row(110, 'OPEN', 'dry')]).found).toEqual([]);
    expect(said([...burst(100, 5, true), row(110, 'OPEN')]).found).toContain(
      'the live breaker opened with at most 0 of 5 required failures',
    );
  });

  test('S15 is violated by a breaker that opens after failures whose window has passed', () => {
    const early = [...broken(100, 9), ...burst(1_400, 4), row(1_410, 'OPEN')];
    expect(said(early).found).toEqual(['the live breaker opened with at most 4 of 5 required failures']);
  });

  test('S15 counts calls that may have failed as failures that open a breaker', () => {
    const slow = answered(100, 9, { elapsedMs: 450 });
    expect(said([...slow, ...burst(540, 4), row(552, 'OPEN')])).toMatchObject({ found: [], undecided: [] });
  });

  test('S15 is undecided about a breaker that opened while calls may have failed unobserved', () => {
    const faults: Fault[] = [{ kind: 'refuse', fromMs: 0, untilMs: 1_500 }];
    const refused = [at(0, nemesis({ applied: 0 })), at(1_500, nemesis({ healed: 0 }))];
    expect(said([...refused, row(110, 'OPEN')], { faults })).toMatchObject({
      found: [],
      undecided: [expect.any(String)],
    });
  });

  test('S15 allows one failure after a probe to open the breaker', () => {
    const probing = [planted(2), row(600, 'HALF_OPEN'), ...broken(601, 1)];
    expect(said([...probing, row(610, 'OPEN')]).found).toEqual([]);
    expect(said([planted(2), row(600, 'HALF_OPEN'), ...answered(601, 1), row(610, 'OPEN')]).found).toEqual([
      'the live breaker opened with at most 0 of 1 required failures',
    ]);
  });

  test('S15 is violated by a breaker that does not open after enough failures', () => {
    expect(said(burst(100, 5)).found).toEqual([
      '5 calls had failed within the window, and the live breaker did not open',
    ]);
    expect(said(burst(100, 5, true)).found).toEqual([
      '5 calls had failed within the window, and the dry breaker did not open',
    ]);
    expect(said(burst(1_500, 5)).found).toHaveLength(1);
    expect(said([100, 300, 500, 700, 1_000].flatMap((ms, index) => broken(ms, index + 1))).found).toHaveLength(1);
    // The first is too long ago, and the others are enough.
    expect(said([...broken(20, 9), ...burst(1_200, 5)]).found).toHaveLength(1);
    // A call whose outcome is unknown comes between them.
    const slow = answered(150, 9, { elapsedMs: 450 });
    expect(said([...slow, ...broken(540, 5), ...burst(610, 4)]).found).toHaveLength(1);
  });

  test('S15 counts the failures of each period in which the breaker was CLOSED, and no successes', () => {
    expect(said(answered(100, 1)).exercised).toBe(0);
    expect(said([...broken(100, 1), planted(300), row(900, 'CLOSED')]).exercised).toBe(1);
  });

  test('S15 does not demand that a breaker opens that may have opened already', () => {
    const last = [
      at(100, request('front', 'f5', { uuids: ['u5'] })),
      at(120, callFailed('front', 'f5', { by: 'server', elapsedMs: 20 })),
    ];
    const opened = during(110, 120, breakerRow('OPEN', { role: 'rig_role' }));
    expect(said([...burst(100, 4), ...last, opened])).toEqual({ exercised: 5, found: [], undecided: [] });
  });

  test.each([
    ['a success comes between the failures', [...burst(100, 4), ...answered(106, 6), ...broken(120, 5)]],
    [
      'a success of a call that had left before comes between the failures',
      [...answered(100, 9, { elapsedMs: 107 }), ...burst(200, 5)],
    ],
    ['there are too few failures after a success', [...answered(50, 6), ...burst(100, 4)]],
    [
      'it opened soon after the last failure',
      [...[0, 1, 2, 3, 4].flatMap((index) => broken(100 + 50 * index, index + 1)), row(390, 'OPEN')],
    ],
    [
      'the first failure may have come before it was CLOSED',
      [planted(2), row(100, 'CLOSED'), ...endedBetween(95, 105), ...burst(110, 4)],
    ],
    [
      'the first failure came at the moment when it was CLOSED',
      [planted(2), row(100, 'CLOSED'), ...endedBetween(100, 105), ...burst(110, 4)],
    ],
    ['the window may have begun before', [...broken(20, 9), ...burst(980, 5)]],
    ['the failures are too far apart', [...burst(100, 4), ...broken(1_050, 5)]],
    ['one of the calls may have been answered in time', [...burst(100, 4), ...answered(100, 5, { elapsedMs: 450 })]],
    ['the breaker was not CLOSED', [planted(2), row(90, 'HALF_OPEN'), ...burst(100, 5), row(500, 'OPEN')]],
  ])('S15 does not demand that a breaker opens where %s', (_why, events) => {
    expect(said(events).found.filter((message) => message.includes('did not open'))).toEqual([]);
  });

  test('S15 demands no opening if the legacy app may not have counted the failures, or the system declares no number', () => {
    const killed = [at(90, nemesis({ crash: 'legacy' })), at(300, nemesis({ restart: 'legacy' }))];
    expect(said([...burst(100, 5), ...killed]).found).toEqual([]);
    const timings = { ...historyOf({}, []).timings, breakerFailures: 0 };
    expect(said(burst(100, 5), { changes: { timings } })).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('S15 allows a caller that gives up to count the failure before the tap sees it', () => {
    const waited = (elapsedMs: number): Observation[] => [
      at(601, request('front', 'f1', { uuids: ['u1'] })),
      at(601 + elapsedMs, callFailed('front', 'f1', { by: 'client', elapsedMs })),
    ];
    const openedBefore = (elapsedMs: number) =>
      said([planted(2), row(600, 'HALF_OPEN'), ...waited(elapsedMs), row(600 + elapsedMs, 'OPEN')]).found;
    expect([openedBefore(500).length, openedBefore(100).length]).toEqual([0, 1]);
  });
});

describe('S15 Breaker, HALF_OPEN', () => {
  const probed = (...events: Observation[]): Observation[] => [planted(2), row(600, 'HALF_OPEN'), ...events];

  test('S15 in HALF_OPEN holds for one probe at a time', () => {
    expect(said(probed(...answered(601, 1, { elapsedMs: 100 }), ...broken(702, 2)))).toMatchObject({
      found: [],
      undecided: [],
    });
    expect(said(probed()).exercised).toBe(0);
    const asked = during(602, 650, request('front', 'f2', { uuids: ['u2'] }));
    for (const elapsedMs of [39, 49]) expect(said(probed(...answered(601, 1, { elapsedMs }), asked)).found).toEqual([]);
  });

  test('S15 in HALF_OPEN is violated by two probes at once', () => {
    expect(
      said(probed(...answered(601, 1, { elapsedMs: 100 }), ...answered(602, 2, { elapsedMs: 100 }))).found,
    ).toEqual(['2 calls were in flight at once while the live breaker was HALF_OPEN']);
    const dry = { elapsedMs: 100, dryRun: true };
    expect(
      said([planted(2, 'dry'), row(600, 'HALF_OPEN', 'dry'), ...answered(601, 1, dry), ...answered(602, 2, dry)]).found,
    ).toEqual(['2 calls were in flight at once while the dry breaker was HALF_OPEN']);
    const timings = { ...historyOf({}, []).timings, breakerProbes: 2 };
    expect(
      said(probed(...answered(601, 1, { elapsedMs: 100 }), ...answered(602, 2, { elapsedMs: 100 })), {
        changes: { timings },
      }).found,
    ).toEqual([]);
  });

  test('S15 in HALF_OPEN names the first of the largest groups of concurrent probes', () => {
    const pair = (ms: number, place: number) => [
      ...answered(ms, place, { elapsedMs: 50 }),
      ...answered(ms + 1, place + 1, { elapsedMs: 50 }),
    ];
    const events = probed(...pair(601, 1), ...pair(700, 3), ...answered(800, 5));
    const { findings } = breaker.check(historyOf({ messages: MESSAGES }, [...entered, ...events]));
    expect(findings.map(({ items }) => items)).toEqual([['c1#1', 'c1#2']]);
  });

  test('S15 in HALF_OPEN does not judge a system that declares no number of probes, nor a breaker that was not OPEN before', () => {
    const two = [...answered(601, 1, { elapsedMs: 100 }), ...answered(602, 2, { elapsedMs: 100 })];
    const timings = { ...historyOf({}, []).timings, breakerProbes: 0 };
    expect(said(probed(...two), { changes: { timings } }).found).toEqual([]);
    expect(said([row(600, 'HALF_OPEN'), ...two]).found).toEqual([]);
    expect(said([planted(2), row(600, 'CLOSED'), ...two]).found).toEqual([]);
  });

  test('S15 in HALF_OPEN ignores calls that could not be read, and calls that may have left once the breaker was CLOSED', () => {
    const first = answered(601, 1, { elapsedMs: 200 });
    expect(said(probed(...first, unread(610))).found).toEqual([]);
    for (const untilMs of [702, 705]) {
      const second = during(699, untilMs, request('front', 'f2', { uuids: ['u2'] }));
      expect(said(probed(...first, second, row(702, 'CLOSED'))).found).toEqual([]);
    }
  });

  test('S15 in HALF_OPEN ignores calls made once the breaker was CLOSED, or before it was OPEN', () => {
    expect(
      said(
        probed(...answered(601, 1, { elapsedMs: 100 }), row(702, 'CLOSED'), ...answered(703, 2), ...answered(704, 3)),
      ).found,
    ).toEqual([]);
    expect(
      said([...answered(1, 1, { elapsedMs: 1_000 }), ...probed(...answered(601, 2, { elapsedMs: 100 }))]).found,
    ).toEqual([]);
  });

  test('S15 in HALF_OPEN is undecided where the legacy app was stopped meanwhile', () => {
    const faults: Fault[] = [{ kind: 'pause', process: 'legacy', lastsMs: 500, fromMs: 0, untilMs: 2_000 }];
    const stopped = [at(605, nemesis({ applied: 0 })), at(700, nemesis({ healed: 0 }))];
    const events = probed(...answered(601, 1, { elapsedMs: 300 }), ...answered(702, 2, { elapsedMs: 100 }), ...stopped);
    const inDoubt = { found: [], undecided: [expect.stringContaining('disturbed')] };
    expect(said(events, { faults })).toMatchObject(inDoubt);
    const before = [at(360, nemesis({ applied: 0 })), at(440, nemesis({ healed: 0 }))];
    const two = probed(...answered(601, 1, { elapsedMs: 300 }), ...answered(702, 2, { elapsedMs: 100 }));
    expect(said([...two, ...before], { faults })).toMatchObject(inDoubt);
  });
});
