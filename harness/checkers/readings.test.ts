// What readings of the runbook change for checkers, beside what messages cost: unknown modes, lines about batches, units below zero.
import { describe, expect, test } from 'vitest';
import type { Readings } from '../../src/contract/readings.ts';
import type { Checker } from '../formats/finding.ts';
import type { Observation } from '../formats/event.ts';
import {
  at,
  balance,
  decrement,
  during,
  entry,
  flip,
  historyOf,
  log,
  quiescent,
  request,
  type ScriptOptions,
  sent,
  trigger,
  userResponse,
} from '../history/history.fixture.ts';
import { FALLBACK_LINE } from '../history/log-lines.ts';
import { admission } from './admission.ts';
import { runChecker } from './checker.fixture.ts';
import { conservation } from './conservation.ts';
import { flipsConverge } from './flips-converge.ts';
import { noFaultNoDoubt, terminal } from './liveness.ts';
import { logEvidence } from './log-evidence.ts';
import { modeConformance } from './mode-conformance.ts';
import { truthfulUser } from './truthful-user.ts';

const atRest = at(9_000, quiescent);

/** What a checker finds under the default readings, and with one of them changed. */
function foundUnder(
  checker: Checker,
  other: Partial<Readings>,
  { events, ...options }: ScriptOptions & { events: readonly Observation[] },
): { found: number; otherwise: number; undecided: number } {
  const plain = runChecker(checker, historyOf(options, events));
  const changed = runChecker(checker, historyOf({ ...options, readings: other }, events));
  return { found: plain.found.length, otherwise: changed.found.length, undecided: changed.undecided.length };
}

const EXCUSED = { found: 1, otherwise: 0, undecided: 0 };
const HELD = { found: 1, otherwise: 1, undecided: 0 };
const reject = { unknownMode: 'reject' } as const;
const triggered = [at(1, trigger()), at(5, userResponse({ status: 500 }))];
const entered = at(2, entry('c1#1', 'u1', 'OFF'));

describe('a message whose flag is no mode', () => {
  test.each<{ which: string; checker: Checker; mode: string | null; events: readonly Observation[] }>([
    { which: 'need not enter', checker: admission, mode: 'on', events: triggered },
    { which: 'need not enter without a flag', checker: admission, mode: null, events: triggered },
    { which: 'need not be sent', checker: noFaultNoDoubt, mode: 'on', events: [entered] },
    { which: 'need not end', checker: terminal, mode: 'on', events: [entered] },
    {
      which: 'need not end once another flag is set',
      checker: flipsConverge,
      mode: 'on',
      events: [entered, at(50, flip('ON'))],
    },
    {
      which: 'may be reported as failed',
      checker: truthfulUser,
      mode: 'on',
      events: [at(1, trigger()), entered, at(5, userResponse({ status: 500 }))],
    },
  ])('a message whose flag is no mode may be rejected: it $which', ({ checker, mode, events }) => {
    expect(foundUnder(checker, reject, { mode, events: [...events, atRest] })).toEqual(EXCUSED);
    expect(foundUnder(checker, reject, { mode: 'OFF', events: [...events, atRest] })).toEqual(HELD);
  });

  test('a message whose flag is no mode must not be sent by a reading that rejects it', () => {
    const said = (mode: string | null, ...events: Observation[]) =>
      runChecker(modeConformance, historyOf({ mode, readings: reject }, [entered, ...events, atRest])).found;
    expect(said('on', ...sent(10, 'legacy'))).toEqual([
      "c1#1 entered in 'on', which must be rejected, and it was sent",
    ]);
    expect(said('on', at(10, request('front', 'f', { uuids: ['u1'] })))).toEqual([
      "c1#1 entered in 'on', which must be rejected, and the service got a request for it",
    ]);
    expect(said('on', during(1, 3, flip('Off')), ...sent(10, 'legacy'))).toEqual([
      "c1#1 entered in 'on' or 'Off', which must be rejected, and it was sent",
    ]);
    expect(said(null, ...sent(10, 'legacy'))).toEqual([]);
    expect(said('OFF', ...sent(10, 'legacy'))).toEqual([]);
    expect(said('on')).toEqual([]);
  });

  test('a flag that is no mode may be in force at an entry beside a flip', () => {
    const beside = [at(1, trigger()), at(2, flip('OFF')), at(3, entry('c1#1', 'u1', 'OFF')), ...sent(10, 'legacy')];
    expect(foundUnder(modeConformance, reject, { mode: 'on', events: [...beside, atRest] }).otherwise).toBe(0);
  });
});

describe('a line of the log about a fallback', () => {
  const batch = { fallbackLog: 'batch' } as const;
  const fallbacks = [
    at(1, entry('c1#1', 'u1')),
    at(1, entry('c1#2', 'u2')),
    ...sent(10, 'legacy', 'c1#1'),
    ...sent(12, 'legacy', 'c1#2'),
  ];
  const under = (line: string, events: readonly Observation[] = fallbacks) =>
    foundUnder(logEvidence, batch, { messages: 2, events: [at(9, log('legacy', line)), ...events, atRest] });

  test('a line of the log about a fallback may name a batch, one message of it, or none', () => {
    expect(under(`${FALLBACK_LINE} message_uuid=u1 of 2`)).toEqual(EXCUSED);
    expect(under(`${FALLBACK_LINE} 2 messages of a batch`)).toEqual({ found: 2, otherwise: 0, undecided: 0 });
  });

  test('a line of the log about a fallback is demanded where there is none, and where one names another campaign', () => {
    expect(under('nothing')).toEqual({ found: 2, otherwise: 2, undecided: 0 });
    const unknown = at(8, request('front', 'f', { uuids: ['u9'] }));
    expect(under(`${FALLBACK_LINE} u9`, [unknown, ...fallbacks])).toMatchObject({ otherwise: 3 });
    const other = [at(1, entry('c2#1', 'u3')), ...sent(12, 'legacy', 'c2#1'), ...fallbacks];
    const events = [at(9, log('legacy', `${FALLBACK_LINE} u3`)), ...other, atRest];
    expect(foundUnder(logEvidence, batch, { messages: 2, secondTenant: true, events }).otherwise).toBe(2);
  });
});

test('a balance may go below zero where the readings allow it', () => {
  const allowed = { negativeBalance: 'allowed' } as const;
  const events = [entered, ...sent(10, 'legacy'), at(20, decrement({ from: 0, to: -1 })), at(21, balance(99)), atRest];
  expect(foundUnder(conservation, allowed, { mode: 'OFF', events })).toEqual(EXCUSED);
  const sampled = [entered, ...sent(10, 'legacy'), at(21, balance(-1)), atRest];
  expect(foundUnder(conservation, allowed, { mode: 'OFF', events: sampled })).toEqual({
    found: 2,
    otherwise: 1,
    undecided: 0,
  });
});
