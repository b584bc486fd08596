import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import {
  answer,
  at,
  breaker as breakerRow,
  callFailed,
  entry,
  historyOf,
  nemesis,
  request,
  type ScriptOptions,
} from '../history/history.fixture.ts';
import { breaker } from './breaker.ts';
import { runChecker } from './checker.fixture.ts';

const MESSAGES = 9;
const uuids = Array.from({ length: MESSAGES }, (_, index) => `u${index + 1}`);
const entered = uuids.map((messageUuid, index) => at(1, entry(`c1#${index + 1}`, messageUuid)));

const said = (events: readonly Observation[], options: ScriptOptions = {}) =>
  runChecker(breaker, historyOf({ messages: MESSAGES, ...options }, [...entered, ...events]));

const row = (ms: number, state: string, name = 'live'): Observation => at(ms, breakerRow(state, { name }));
const planted = (ms: number): Observation => at(ms, breakerRow('OPEN', { role: 'rig_role' }));

/** A call for message number `place` that is broken at once, or answered after so long. */
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

describe('S15 Breaker, OPEN', () => {
  test('holds while no call leaves, and counts the messages that entered then', () => {
    const events = [planted(0), at(2, entry('c1#1', 'u1')), row(600, 'HALF_OPEN'), ...answered(601, 1)];
    const history = historyOf({ messages: 1 }, [planted(0), at(2, entry('c1#1', 'u1')), ...events.slice(2)]);
    expect(runChecker(breaker, history)).toEqual({ exercised: 2, found: [], undecided: [] });
  });

  test('is violated by a call that leaves', () => {
    expect(said([planted(2), ...answered(600, 1)]).found).toEqual(['a call left while the live breaker was OPEN']);
    expect(
      said([at(2, breakerRow('OPEN', { name: 'dry', role: 'rig_role' })), ...answered(600, 1, { dryRun: true })]).found,
    ).toEqual(['a rehearsal left while the dry breaker was OPEN']);
  });

  test('leaves calls of the other breaker alone', () => {
    expect(said([planted(2), ...answered(600, 1, { dryRun: true })]).found).toEqual([]);
    expect(said([at(2, breakerRow('OPEN', { name: 'dry', role: 'rig_role' })), ...answered(600, 1)]).found).toEqual([]);
  });

  test('is in doubt about a call that may have asked before it opened', () => {
    expect(said([planted(400), ...answered(600, 1)])).toMatchObject({ found: [], undecided: [expect.any(String)] });
    expect(said([planted(349), ...answered(600, 1)]).found).toHaveLength(1);
  });

  test('is in doubt about a call before which the legacy app was stopped', () => {
    const faults: Fault[] = [{ kind: 'pause', process: 'legacy', lastsMs: 500, fromMs: 0, untilMs: 2_000 }];
    const stopped = [at(90, nemesis({ applied: 0 })), at(590, nemesis({ healed: 0 }))];
    expect(said([planted(100), ...answered(600, 1), ...stopped], { faults })).toMatchObject({
      found: [],
      undecided: [expect.any(String)],
    });
  });
});

describe('S15 Breaker, opening', () => {
  test('holds for one that opens at the last failure of its window', () => {
    expect(said([...burst(100, 5), row(110, 'OPEN')])).toEqual({ exercised: 7, found: [], undecided: [] });
  });

  test('is violated by one that opens at fewer', () => {
    expect(said([...burst(100, 4), row(110, 'OPEN')]).found).toEqual([
      'the live breaker opened when at most 4 of 5 calls had failed',
    ]);
  });

  test('is violated by one that opens by failures of the other kind', () => {
    expect(said([...burst(100, 5, true), row(110, 'OPEN', 'dry')]).found).toEqual([]);
    expect(said([...burst(100, 5, true), row(110, 'OPEN')]).found).toContain(
      'the live breaker opened when at most 0 of 5 calls had failed',
    );
  });

  test('is violated by one that opens by failures whose window has passed', () => {
    const early = [...broken(100, 9), ...burst(1_400, 4), row(1_410, 'OPEN')];
    expect(said(early).found).toEqual(['the live breaker opened when at most 4 of 5 calls had failed']);
  });

  test('counts calls that may have failed', () => {
    const slow = answered(100, 9, { elapsedMs: 450 });
    expect(said([...slow, ...burst(540, 4), row(552, 'OPEN')])).toMatchObject({ found: [], undecided: [] });
  });

  test('is in doubt where calls may have failed unseen', () => {
    const faults: Fault[] = [{ kind: 'refuse', fromMs: 0, untilMs: 1_500 }];
    const refused = [at(0, nemesis({ applied: 0 })), at(1_500, nemesis({ healed: 0 }))];
    expect(said([...refused, row(110, 'OPEN')], { faults })).toMatchObject({
      found: [],
      undecided: [expect.any(String)],
    });
  });

  test('needs one failure after a probe', () => {
    const probing = [planted(2), row(600, 'HALF_OPEN'), ...broken(601, 1)];
    expect(said([...probing, row(610, 'OPEN')]).found).toEqual([]);
    expect(said([planted(2), row(600, 'HALF_OPEN'), ...answered(601, 1), row(610, 'OPEN')]).found).toEqual([
      'the live breaker opened when at most 0 of 1 calls had failed',
    ]);
  });

  test('is violated by one that does not open', () => {
    expect(said(burst(100, 5)).found).toEqual([
      '5 calls had failed within the window, and the live breaker did not open',
    ]);
    expect(said(burst(100, 5, true)).found).toEqual([
      '5 calls had failed within the window, and the dry breaker did not open',
    ]);
  });

  test.each([
    ['a success comes between them', [...burst(100, 4), ...answered(106, 6), ...broken(120, 5)]],
    ['the window may have begun before', [...broken(20, 9), ...burst(980, 5)]],
    ['they are too far apart', [...burst(100, 4), ...broken(1_050, 5)]],
    ['one of them may have been in time', [...burst(100, 4), ...answered(100, 5, { elapsedMs: 450 })]],
    ['the breaker was not CLOSED', [planted(2), row(90, 'HALF_OPEN'), ...burst(100, 5), row(500, 'OPEN')]],
  ])('is not due where %s', (_why, events) => {
    expect(said(events).found.filter((message) => message.includes('did not open'))).toEqual([]);
  });

  test('is not due where the legacy app may not have counted them, and unknown for a system that names no number', () => {
    const killed = [at(90, nemesis({ crash: 'legacy' })), at(300, nemesis({ restart: 'legacy' }))];
    expect(said([...burst(100, 5), ...killed]).found).toEqual([]);
    const timings = { ...historyOf({}, []).timings, breakerFailures: 0 };
    expect(said(burst(100, 5), { changes: { timings } })).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('knows that a caller which gives up counts the failure before the tap hears of it', () => {
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

  test('holds for one probe at a time', () => {
    expect(said(probed(...answered(601, 1, { elapsedMs: 100 }), ...broken(702, 2)))).toMatchObject({
      found: [],
      undecided: [],
    });
  });

  test('is violated by two at once', () => {
    expect(
      said(probed(...answered(601, 1, { elapsedMs: 100 }), ...answered(602, 2, { elapsedMs: 100 }))).found,
    ).toEqual(['2 calls were in flight at once while the live breaker was HALF_OPEN']);
    const timings = { ...historyOf({}, []).timings, breakerProbes: 2 };
    expect(
      said(probed(...answered(601, 1, { elapsedMs: 100 }), ...answered(602, 2, { elapsedMs: 100 })), {
        changes: { timings },
      }).found,
    ).toEqual([]);
  });

  test('leaves calls alone that came once it was CLOSED, or before it was OPEN', () => {
    expect(
      said(
        probed(...answered(601, 1, { elapsedMs: 100 }), row(702, 'CLOSED'), ...answered(703, 2), ...answered(704, 3)),
      ).found,
    ).toEqual([]);
    expect(
      said([...answered(1, 1, { elapsedMs: 1_000 }), ...probed(...answered(601, 2, { elapsedMs: 100 }))]).found,
    ).toEqual([]);
  });

  test('is in doubt where the legacy app was stopped meanwhile', () => {
    const faults: Fault[] = [{ kind: 'pause', process: 'legacy', lastsMs: 500, fromMs: 0, untilMs: 2_000 }];
    const stopped = [at(605, nemesis({ applied: 0 })), at(700, nemesis({ healed: 0 }))];
    const events = probed(...answered(601, 1, { elapsedMs: 300 }), ...answered(702, 2, { elapsedMs: 100 }), ...stopped);
    expect(said(events, { faults })).toMatchObject({ found: [], undecided: [expect.stringContaining('not well')] });
  });
});
