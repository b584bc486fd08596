// The histories of the excuses of rehearsals in docs/excuses.md. Used by tests only.
import type { Observation } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import type { History } from '../formats/history.ts';
import { SCRIPTED_TOLERANCES } from '../formats/tolerances.fixture.ts';
import {
  answer,
  at,
  breaker,
  callFailed,
  entry,
  historyOf,
  logRow,
  nemesis,
  quiescent,
  request,
  sent,
} from '../history/history.fixture.ts';
import { twinsHistory } from './twins.fixture.ts';

const accepted = at(12, answer('front', 'f2', { elapsedMs: 4, uuids: ['u2'] }));
const late = { elapsedMs: 300 };
const inForce = (fromMs: number, untilMs: number): Observation[] => [
  at(fromMs, nemesis({ applied: 0 })),
  at(untilMs, nemesis({ healed: 0 })),
];
const refuse = (fromMs: number, untilMs: number): Fault => ({ kind: 'refuse', fromMs, untilMs });
const blank = (item: string): Fault => ({ kind: 'missing-uuid', item });
const down = (fromMs: number): Observation[] => [
  at(fromMs, nemesis({ crash: 'legacy' })),
  at(fromMs + 50, nemesis({ restart: 'legacy' })),
];

/** Only the twin in OFF is sent. */
const onlyOffSent = [...sent(20, 'legacy', 'c1#1'), at(30, logRow('u1', { status: 'accepted', source: 'legacy' }))];

/** A message in SHADOW, with what happens to its rehearsal. */
function rehearsed(
  events: readonly Observation[],
  { faults = [], noiseMs = 0 }: { faults?: readonly Fault[]; noiseMs?: number } = {},
): History {
  const tolerances = { ...SCRIPTED_TOLERANCES, noiseMs };
  return historyOf({ mode: 'SHADOW', faults, changes: { tolerances } }, [
    at(10, entry('c1#1', 'u1', 'SHADOW')),
    ...events,
    at(9_000, quiescent),
  ]);
}

/** The same for a system that does not show its breaker, with a fault that opens it. */
function unseen(events: readonly Observation[]): History {
  const faults: Fault[] = [{ kind: 'breaker-open', breaker: 'dry', fromMs: 0 }];
  return { ...rehearsed(events, { faults }), vantages: ['wire', 'database'] };
}

const asked = at(20, request('front', 'f', { uuids: ['u1'], dryRun: true }));
const turnedDown = [asked, at(25, answer('front', 'f', { elapsedMs: 5, status: 503, uuids: [] }))];
const givenUp = (elapsedMs: number) => [
  asked,
  at(20 + elapsedMs, callFailed('front', 'f', { by: 'client', elapsedMs })),
];

/** A finding without the excuse, none with it, and one in spite of it. */
type Excuses = Readonly<Record<string, { without: History; excused: History; inSpite: History }>>;

/** The excuses of S5. */
export const PURITY_EXCUSES: Excuses = {
  'S5 a fault near': {
    without: twinsHistory([accepted, ...onlyOffSent]),
    excused: twinsHistory([accepted, ...onlyOffSent, ...inForce(100, 200)], { faults: [refuse(100, 200)] }),
    inSpite: twinsHistory([accepted, ...onlyOffSent, ...inForce(3_100, 3_200)], { faults: [refuse(3_100, 3_200)] }),
  },
};

/** The excuses of S13. */
export const TRANSPARENCY_EXCUSES: Excuses = {
  'S13 own trouble': {
    without: twinsHistory([accepted], { reported: late }),
    excused: twinsHistory([accepted, ...down(200)], { reported: late }),
    inSpite: twinsHistory([accepted, ...down(301)], { reported: late }),
  },
  'S13 blank twin': {
    without: twinsHistory([accepted], { reported: late }),
    excused: twinsHistory([accepted], { reported: late, faults: [blank('c2#1')] }),
    inSpite: twinsHistory([accepted], { reported: late, faults: [blank('c9#1')] }),
  },
  'S13 busy machine': {
    without: twinsHistory([accepted], { reported: late }),
    excused: twinsHistory([accepted], { reported: late, noiseMs: 40 }),
    inSpite: twinsHistory([accepted], { reported: late, noiseMs: 39 }),
  },
  'S13 a fault near': {
    without: rehearsed(turnedDown),
    excused: rehearsed([...turnedDown, ...inForce(0, 22)], { faults: [refuse(0, 22)] }),
    inSpite: rehearsed([...turnedDown, ...inForce(600, 700)], { faults: [refuse(600, 700)] }),
  },
  'S13 given up': {
    without: rehearsed(givenUp(450)),
    excused: rehearsed(givenUp(450), { noiseMs: 100 }),
    inSpite: rehearsed(givenUp(390), { noiseMs: 100 }),
  },
  'S13 dry breaker': {
    without: rehearsed([]),
    excused: rehearsed([at(5, breaker('OPEN', { name: 'dry' }))]),
    inSpite: rehearsed([at(5, breaker('OPEN', { name: 'live' }))]),
  },
  'S13 planted breaker': {
    without: unseen([]),
    excused: unseen([at(5, nemesis({ applied: 0 }))]),
    inSpite: unseen([at(3_500, nemesis({ applied: 0 }))]),
  },
};
