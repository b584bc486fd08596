// The histories of the excuses in docs/excuses.md. Used by tests only.
import type { Role } from '../../src/contract/message.ts';
import type { Observation } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import type { History } from '../formats/history.ts';
import { VANTAGES } from '../formats/vantages.ts';
import {
  accept,
  answer,
  at,
  attempt,
  authority,
  balance,
  breaker,
  callFailed,
  charged,
  decrement,
  entry,
  historyOf,
  log,
  logRow,
  nemesis,
  providerFault,
  quiescent,
  reject,
  request,
  row,
  type ScriptOptions,
  sent,
  trigger,
  userResponse,
} from '../history/history.fixture.ts';
import { CONVERGENCE_EXCUSES } from './convergence-excuses.fixture.ts';
import { BREAKER_CLOSES_EXCUSES } from './breaker-closes-excuses.fixture.ts';
import { BREAKER_EXCUSES, UNSEEN_BREAKER_EXCUSES } from './breaker-excuses.fixture.ts';
import { IDENTITY_EXCUSES } from './identity-excuses.fixture.ts';
import { ORDER_EXCUSES } from './order-excuses.fixture.ts';
import { RECONCILIATION_EXCUSES } from './reconciliation-excuses.fixture.ts';
import { PURITY_EXCUSES, TRANSPARENCY_EXCUSES } from './rehearsal-excuses.fixture.ts';

/** Three histories that show the reach of an excuse. */
interface Excuse {
  /** A finding, without the excuse. */
  readonly without: History;
  /** The same with the excuse: no finding. */
  readonly excused: History;
  /** A finding although something similar to the excuse happened: too late, too early, or not enough. */
  readonly inSpite: History;
}

/** The events that all three have, and those that the last two add. */
interface Script extends ScriptOptions {
  readonly events: readonly Observation[];
  readonly excuse: readonly Observation[];
  readonly short: readonly Observation[];
}

function excuse({ events, excuse: enough, short, ...options }: Script): Excuse {
  const made = (more: readonly Observation[]): History => historyOf(options, [...events, ...more]);
  return { without: made([]), excused: made(enough), inSpite: made(short) };
}

const atRest = at(4_000, quiescent);
const entered = at(1, entry('c1#1', 'u1'));
const asked = at(10, request('front', 'f', { uuids: ['u1'] }));
const inForce = (fromMs: number, untilMs: number, fault = 0): Observation[] => [
  at(fromMs, nemesis({ applied: fault })),
  at(untilMs, nemesis({ healed: fault })),
];
/** A campaign is triggered, and its user answered with an error. */
const delivered = (fromMs: number, untilMs: number, campaign = 'c1'): Observation[] => [
  at(fromMs, trigger(campaign)),
  at(untilMs, userResponse({ status: 500, campaign })),
];
const blank: Fault = { kind: 'missing-uuid', item: 'c1#1' };
const decrementAfter = at(61, decrement({ from: 2, to: 0 }));
const killed = (process: Role, fromMs: number, untilMs: number): Observation[] => [
  at(fromMs, nemesis({ crash: process })),
  at(untilMs, nemesis({ restart: process })),
];
const termination: Fault = { kind: 'terminate', process: 'service', atMs: 100, graceMs: 100, restartAfterMs: 50 };
const terminated = (exitMs: number, isKilled: boolean): Observation[] => [
  at(100, nemesis({ terminate: 'service' })),
  at(exitMs, nemesis({ exit: 'service', isKilled })),
  at(250, nemesis({ restart: 'service' })),
];
const refuse: Fault = { kind: 'refuse', fromMs: 0, untilMs: 1_500 };
const pause: Fault = { kind: 'pause', process: 'legacy', lastsMs: 700, fromMs: 0, untilMs: 1_500 };
const rejected = (ms: number): Observation => at(ms, logRow('u1', { status: 'rejected' }));
const unknown = at(20, logRow('u1', { status: 'unknown' }));
const charge = (ms: number, from: number): Observation[] => [
  at(ms, charged('u1', `charge-${ms}`)),
  at(ms, decrement({ from, to: from - 1, transaction: `charge-${ms}` })),
];
const isWrittenBy = (role: string, table: string): History => historyOf({}, [entered, at(5, row(table, { role }))]);
const claims = (role: string): History =>
  historyOf({}, [
    entered,
    at(5, { ...logRow('u1', { status: 'accepted' }), role } as ReturnType<typeof logRow>),
    atRest,
  ]);

/** A message that was rejected without an attempt, in a run with one fault. */
function rejectedIn(fault: Fault | undefined, enteredMs: number, more: readonly Observation[]): History {
  const own = [at(enteredMs, entry('c1#1', 'u1')), rejected(enteredMs + 20)];
  const faults = fault === undefined ? [] : [fault];
  return historyOf({ faults, messages: 2 }, [...own, ...more, atRest]);
}

/** A fallback after a call that the legacy app gave up after `elapsedMs`. */
function waitedFor(elapsedMs: number): History {
  const end = at(10 + elapsedMs, callFailed('front', 'f', { by: 'client', elapsedMs }));
  return historyOf({}, [entered, asked, end, ...sent(600, 'legacy')]);
}

/** A message that ended as unknown, and that the provider accepted after `ms`. */
function answeredAfter(ms: number): History {
  const taken = [at(10, attempt('service', 'c1#1', 'a')), at(10 + ms, accept('service', 'c1#1', 'a'))];
  return historyOf({}, [entered, ...taken, at(1_500, logRow('u1', { status: 'unknown' })), atRest]);
}

/** A message that ended as unknown in a run with one fault. */
function doubted(fault: Fault | undefined): History {
  const happened = [entered, ...sent(10, 'service'), unknown, atRest];
  return fault === undefined
    ? historyOf({}, happened)
    : historyOf({ faults: [fault] }, [...happened, ...inForce(0, 500)]);
}

/** A call that lasted `elapsedMs`. */
function lasted(elapsedMs: number): History {
  return historyOf({}, [entered, asked, at(10 + elapsedMs, answer('front', 'f', { elapsedMs }))]);
}

const latency: Fault = { kind: 'latency', stream: 'upstream', latencyMs: 700, jitterMs: 0, fromMs: 0, untilMs: 500 };
const lostReply = providerFault({ outcome: 'accept-lose-reply' });
/** Another message, which the fault affected. */
const other = [
  at(5, entry('c1#2', 'u2')),
  ...sent(10, 'service', 'c1#2'),
  at(20, logRow('u2', { status: 'accepted' })),
];

/** One of two messages enters, and the account has `quota` units. */
function withUnits(quota: number, more: readonly Observation[] = []): History {
  const changes = { tenants: [{ key: 't1', tenantId: 1, account: 'AC1', quota }] };
  return historyOf({ messages: 2, changes }, [...delivered(0, 60), entered, ...more, atRest]);
}

/** A provider that answers so late that a system may have given it up. */
const LATE_PROVIDER: Excuse = {
  without: answeredAfter(10),
  excused: answeredAfter(1_000),
  inSpite: answeredAfter(999),
};

/** A fault that leaves the outcome of a message in doubt. */
const DOUBTFUL_FAULT: Excuse = {
  without: doubted(undefined),
  excused: doubted(lostReply),
  inSpite: doubted(providerFault({ outcome: 'reject' })),
};

/** Every excuse under its property and its name in the table. */
export const EXCUSES: Readonly<Record<string, Excuse>> = {
  'S4 failed call': excuse({
    events: [entered, asked, ...sent(100, 'legacy')],
    excuse: [at(90, callFailed('front', 'f', { by: 'server', elapsedMs: 80 }))],
    short: [at(150, callFailed('front', 'f', { by: 'server', elapsedMs: 140 }))],
  }),
  'S4 out of reach': excuse({
    faults: [refuse],
    events: [entered, ...sent(100, 'legacy')],
    excuse: inForce(0, 1_500),
    short: [asked, at(20, answer('front', 'f', { elapsedMs: 10 })), ...inForce(0, 1_500)],
  }),
  'S4 breaker': excuse({
    events: [entered, ...sent(100, 'legacy')],
    excuse: [at(0, breaker('OPEN', { role: 'rig_role' }))],
    short: [at(0, breaker('OPEN'))],
  }),
  'S4 stopped reader': excuse({
    faults: [pause],
    events: [entered, asked, at(20, answer('front', 'f', { elapsedMs: 10 })), ...sent(730, 'legacy')],
    excuse: inForce(20, 720),
    short: inForce(740, 1_440),
  }),
  'S4 unread call': excuse({
    events: [at(30, entry('c1#1', 'u1')), ...sent(100, 'legacy')],
    excuse: [at(50, callFailed('front', 'f', { by: 'server', elapsedMs: 5 }))],
    short: [at(20, callFailed('front', 'f', { by: 'server', elapsedMs: 5 }))],
  }),
  ...UNSEEN_BREAKER_EXCUSES,
  'S4 short wait': { without: waitedFor(10), excused: waitedFor(400), inSpite: waitedFor(399) },
  ...PURITY_EXCUSES,
  'S6 too near': ORDER_EXCUSES.S6,
  'S7 authority': {
    without: isWrittenBy('service_role', 'campaign_sms'),
    excused: isWrittenBy('service_role', 'send_authority'),
    inSpite: isWrittenBy('service_role', 'sms_logs'),
  },
  'S8 tampering': { without: claims('legacy_role'), excused: claims('rig_role'), inSpite: claims('service_role') },
  'S8 unnamed uuid': IDENTITY_EXCUSES.S8,
  'S9 unknown charge': excuse({
    events: [entered, ...sent(10, 'service'), atRest],
    excuse: [unknown],
    short: [unknown, ...charge(30, 100), ...charge(40, 99)],
  }),
  'S9 unnamed doubt': IDENTITY_EXCUSES.S9,
  'S10 unknown balance': excuse({
    events: [entered, ...sent(10, 'service'), atRest, at(4_001, balance(100))],
    excuse: [unknown],
    short: [unknown, at(4_002, balance(98))],
  }),
  'S10 unnamed doubt': IDENTITY_EXCUSES.S10,
  'S12 doubtful fault': DOUBTFUL_FAULT,
  'S12 late provider': LATE_PROVIDER,
  ...TRANSPARENCY_EXCUSES,
  'S14 stopped caller': excuse({
    faults: [pause],
    events: [entered, asked, at(1_200, answer('front', 'f', { elapsedMs: 1_190 }))],
    excuse: inForce(100, 1_000),
    short: inForce(1_300, 2_000),
  }),
  'S14 late end': { without: lasted(1_200), excused: lasted(1_000), inSpite: lasted(1_001) },
  'S14 job done again': excuse({
    changes: { vantages: VANTAGES.filter((vantage) => vantage !== 'admission') },
    events: [at(0, trigger()), entered, asked, at(500, request('front', 'again', { uuids: ['u1'] }))],
    excuse: killed('legacy', 100, 200),
    short: killed('legacy', 600, 700),
  }),
  ...BREAKER_EXCUSES,
  ...RECONCILIATION_EXCUSES,
  'S20 too near': ORDER_EXCUSES.S20,
  'S21 killed between': excuse({
    events: [entered, at(30, log('legacy', 'LEGACY_SEND_FALLBACK_ON_MODE message_uuid=u1')), atRest],
    excuse: killed('legacy', 1_000, 1_200),
    short: killed('legacy', 1_100, 1_200),
  }),
  'S21 turned down': excuse({
    mode: 'SHADOW',
    events: [
      at(1, entry('c1#1', 'u1', 'SHADOW')),
      at(10, request('back', 'b', { uuids: ['u1'], dryRun: true })),
      atRest,
    ],
    excuse: [at(12, answer('back', 'b', { status: 400, uuids: [], elapsedMs: 2 }))],
    short: [at(12, answer('back', 'b', { elapsedMs: 2 }))],
  }),
  'S21 process down': excuse({
    mode: 'SHADOW',
    events: [
      at(1, entry('c1#1', 'u1', 'SHADOW')),
      at(10, request('back', 'b', { uuids: ['u1'], dryRun: true })),
      at(12, callFailed('back', 'b', { by: 'server', elapsedMs: 2 })),
      at(4, nemesis({ terminate: 'service' })),
      atRest,
    ],
    excuse: [at(5, nemesis({ exit: 'service' })), at(7, nemesis({ restart: 'service', instance: 2 }))],
    short: [at(5, nemesis({ exit: 'service' })), at(7, nemesis({ restart: 'service' }))],
  }),
  'S21 unnamed uuid': IDENTITY_EXCUSES.S21,
  'S23 unwell': excuse({
    events: [...delivered(1, 60), atRest],
    excuse: killed('legacy', 50, 200),
    short: killed('legacy', 61, 200),
  }),
  'S23 no unit': { without: withUnits(2), excused: withUnits(1), inSpite: withUnits(2, [decrementAfter]) },
  'S23 blank uuid': {
    without: historyOf({ messages: 2 }, [...delivered(1, 60), atRest]),
    excused: historyOf({ messages: 2, faults: [blank] }, [...delivered(1, 60), atRest]),
    inSpite: historyOf({ secondTenant: true, faults: [blank] }, [...delivered(1, 60, 'c2'), atRest]),
  },
  'S24 unknown outcome': excuse({
    events: [...delivered(0, 60), entered, atRest],
    excuse: killed('legacy', 50, 200),
    short: killed('legacy', 61, 200),
  }),
  'S24 blank item': {
    without: historyOf({}, [...delivered(0, 60), entered, atRest]),
    excused: historyOf({ faults: [blank] }, [...delivered(0, 60), entered, atRest]),
    inSpite: historyOf({ faults: [{ ...blank, item: 'c9#1' }] }, [...delivered(0, 60), entered, atRest]),
  },
  'S24 another delivery': excuse({
    events: [...delivered(0, 60), entered, atRest],
    excuse: [at(30, trigger('c1', 2))],
    short: [at(61, trigger('c1', 2))],
  }),
  'L1 open attempt': excuse({
    events: [entered, atRest],
    excuse: [at(10, attempt('service', 'c1#1', 'a'))],
    short: [at(10, attempt('service', 'c1#1', 'a')), at(11, reject('service', 'c1#1', 'a'))],
  }),
  'L2 fault in force': {
    without: rejectedIn(undefined, 400, []),
    excused: rejectedIn(latency, 400, inForce(0, 500)),
    // The fault had nothing to act on, so it has no aftermath.
    inSpite: rejectedIn(latency, 510, inForce(0, 500)),
  },
  'L2 aftermath': {
    without: rejectedIn(undefined, 1_400, other),
    excused: rejectedIn(lostReply, 1_400, [...other, ...inForce(0, 500)]),
    inSpite: rejectedIn(lostReply, 1_600, [...other, ...inForce(0, 500)]),
  },
  'L2 slow provider': {
    without: rejectedIn(undefined, 100, []),
    excused: rejectedIn(providerFault({ delayMs: 1_000 }), 100, inForce(0, 500)),
    inSpite: rejectedIn(providerFault({ delayMs: 999 }), 100, inForce(0, 500)),
  },
  'L2 late provider': LATE_PROVIDER,
  'L2 killed process': {
    without: rejectedIn(undefined, 400, []),
    excused: rejectedIn(
      { kind: 'crash', process: 'service', atMs: 100, restartAfterMs: 100 },
      1_100,
      killed('service', 100, 200),
    ),
    inSpite: rejectedIn(
      { kind: 'crash', process: 'service', atMs: 500, restartAfterMs: 100 },
      400,
      killed('service', 500, 600),
    ),
  },
  'L2 cut off': {
    without: rejectedIn(undefined, 400, []),
    excused: rejectedIn(termination, 1_100, terminated(200, true)),
    // The process had time to finish its work.
    inSpite: rejectedIn(termination, 1_100, terminated(150, false)),
  },
  'L3 unwell': excuse({
    faults: [refuse],
    events: [entered, ...inForce(0, 1_500), atRest],
    excuse: killed('legacy', 20, 100),
    short: killed('legacy', 3_500, 3_600),
  }),
  'L3 failing provider': excuse({
    faults: [refuse, providerFault({ system: 'legacy', outcome: 'reject', untilMs: 900 })],
    events: [entered, ...inForce(0, 1_500), ...inForce(0, 900, 1), atRest],
    excuse: [at(30, attempt('legacy', 'c1#1', 'a')), at(31, reject('legacy', 'c1#1', 'a'))],
    short: [at(950, attempt('legacy', 'c1#1', 'a')), at(951, reject('legacy', 'c1#1', 'a'))],
  }),
  'L3 reached': excuse({
    faults: [refuse],
    events: [entered, ...inForce(0, 1_500), atRest],
    excuse: [at(20, request('back', 'b', { uuids: ['u1'] }))],
    short: [at(3_100, request('back', 'b', { uuids: ['u1'] }))],
  }),
  'L4 doubtful fault': DOUBTFUL_FAULT,
  'L4 late provider': LATE_PROVIDER,
  'L4 unseen beginning': IDENTITY_EXCUSES.L4,
  ...CONVERGENCE_EXCUSES,
  ...BREAKER_CLOSES_EXCUSES,
  'L7 young claim': {
    without: claimedUntil(2_000),
    excused: claimedUntil(1_000),
    inSpite: claimedUntil(1_002),
  },
  'L8 open attempt': excuse({
    events: [entered, at(5, { observer: 'rig', kind: 'flip', tenant: 't1', mode: 'OFF' }), atRest],
    excuse: [at(10, attempt('service', 'c1#1', 'a'))],
    short: [at(10, attempt('service', 'c1#1', 'a')), at(11, reject('service', 'c1#1', 'a'))],
  }),
};

/** A message that is claimed at 1 ms, in a run that is quiescent at `quiescentMs`. */
function claimedUntil(quiescentMs: number): History {
  return historyOf({}, [
    entered,
    at(1, authority('u1', { holder: 'service', state: 'CLAIMED' })),
    at(quiescentMs, quiescent),
  ]);
}
