// The histories of the excuses of S15, and of those of S4 by a breaker that no observer sees, in docs/excuses.md. Used by tests only.
import type { Observation } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import type { History } from '../formats/history.ts';
import {
  answer,
  at,
  breaker,
  callFailed,
  entry,
  historyOf,
  nemesis,
  request,
  sent,
} from '../history/history.fixture.ts';

const entered = at(1, entry('c1#1', 'u1'));

/** A call leaves `ms` milliseconds after the breaker opened. */
const leftAfter = (ms: number): History =>
  historyOf({}, [
    entered,
    at(1_000 - ms, breaker('OPEN', { role: 'rig_role' })),
    at(1_000, request('front', 'f', { uuids: ['u1'] })),
  ]);

/** The breaker opens although no failed call was observed. */
const opened = (faults: readonly Fault[], more: readonly Observation[]): History =>
  historyOf({ faults }, [
    entered,
    at(500, request('front', 'f', { uuids: ['u1'] })),
    at(900, breaker('OPEN')),
    ...more,
  ]);

const killed = (ms: number): Observation[] => [
  at(ms, nemesis({ crash: 'legacy' })),
  at(ms + 20, nemesis({ restart: 'legacy' })),
];
const refuse: Fault = { kind: 'refuse', fromMs: 0, untilMs: 1_500 };
const refused = (fromMs: number): Observation[] => [
  at(fromMs, nemesis({ applied: 0 })),
  at(fromMs + 20, nemesis({ healed: 0 })),
];

/** The legacy app sends in ON, and no observer sees its breaker. */
const unseen = (faults: readonly Fault[], events: readonly Observation[]): History =>
  historyOf({ faults, changes: { vantages: ['wire', 'database'] } }, [entered, ...events, ...sent(100, 'legacy')]);

/** The same, with another call and its end. */
const beside = (...ends: readonly Observation[]): History =>
  unseen([], [at(20, request('front', 'x', { uuids: ['u0'] })), ...ends]);

/** The same with a breaker that the rig opens. */
const planted = (...applied: readonly Observation[]): History =>
  unseen([{ kind: 'breaker-open', breaker: 'live', fromMs: 0 }], applied);

/** In the form of `EXCUSES` in excuses.fixture.ts. */
export const UNSEEN_BREAKER_EXCUSES = {
  'S4 unseen breaker': {
    without: beside(),
    excused: beside(at(50, callFailed('front', 'x', { by: 'server', elapsedMs: 30 }))),
    inSpite: beside(at(50, answer('front', 'x', { uuids: ['u0'], elapsedMs: 30 }))),
  },
  'S4 planted breaker': {
    without: planted(),
    excused: planted(at(0, nemesis({ applied: 0 }))),
    inSpite: planted(at(110, nemesis({ applied: 0 }))),
  },
};

/** In the form of `EXCUSES` in excuses.fixture.ts. */
export const BREAKER_EXCUSES = {
  'S15 asked before': { without: leftAfter(900), excused: leftAfter(249), inSpite: leftAfter(251) },
  'S15 not well': { without: opened([], []), excused: opened([], killed(600)), inSpite: opened([], killed(1_000)) },
  'S15 out of reach': {
    without: opened([refuse], []),
    excused: opened([refuse], refused(600)),
    inSpite: opened([refuse], refused(1_000)),
  },
};
