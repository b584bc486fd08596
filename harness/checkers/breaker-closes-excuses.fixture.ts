// The histories of the excuses of L6 in docs/excuses.md. Used by tests only.
import type { Observation } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import type { History } from '../formats/history.ts';
import {
  answer,
  at,
  breaker,
  entry,
  historyOf,
  logRow,
  nemesis,
  providerFault,
  quiescent,
  request,
  sent,
} from '../history/history.fixture.ts';

/** The provider accepts a message, and its answer is lost. */
const lostReply = providerFault({ outcome: 'accept-lose-reply' });

/** A fault in force until 500 ms, and another message that it affected. */
const struck = [
  at(5, entry('c1#2', 'u2')),
  ...sent(10, 'service', 'c1#2'),
  at(20, logRow('u2', { status: 'accepted' })),
  at(0, nemesis({ applied: 0 })),
  at(500, nemesis({ healed: 0 })),
];

/** A breaker is OPEN from the start, and a message enters at `ms`. */
function enteredWhileOpen(ms: number, faults: readonly Fault[] = [], more: readonly Observation[] = []): History {
  const own = [at(0, breaker('OPEN')), at(ms, entry('c1#1', 'u1')), at(9_000, quiescent)];
  return historyOf({ faults, messages: 2, secondTenant: true }, [...more, ...own]);
}

/** A call that is answered after this time. */
function calledFor(elapsedMs: number): Observation[] {
  return [
    at(1_002, request('front', 'probe', { uuids: ['u1'] })),
    at(1_002 + elapsedMs, answer('front', 'probe', { elapsedMs })),
  ];
}

/** In the form of `EXCUSES` in excuses.fixture.ts. */
export const BREAKER_CLOSES_EXCUSES = {
  'L6 a fault near': {
    without: enteredWhileOpen(1_000),
    excused: enteredWhileOpen(1_000, [lostReply], struck),
    inSpite: enteredWhileOpen(1_600, [lostReply], struck),
  },
  'L6 blank uuid': {
    without: enteredWhileOpen(1_000),
    excused: enteredWhileOpen(1_000, [{ kind: 'missing-uuid', item: 'c1#1' }]),
    inSpite: enteredWhileOpen(1_000, [{ kind: 'missing-uuid', item: 'c2#1' }]),
  },
  'L6 failed probe': {
    without: enteredWhileOpen(1_000),
    excused: enteredWhileOpen(1_000, [], calledFor(500)),
    inSpite: enteredWhileOpen(1_000, [], calledFor(10)),
  },
};
