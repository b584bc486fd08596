// What checkers find, and do not find, in a system that does not show the uuids of its messages.
import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { VANTAGES, type Vantage } from '../formats/vantages.ts';
import {
  at,
  decrement,
  entry,
  flip,
  historyOf,
  log,
  logRow,
  nemesis,
  providerFault,
  quiescent,
  request,
  type ScriptOptions,
  sent,
} from '../history/history.fixture.ts';
import { FALLBACK_LINE } from '../history/log-lines.ts';
import { chargesByTenant } from './charges.ts';
import { runChecker } from './checker.fixture.ts';
import { logEvidence } from './log-evidence.ts';
import { modeConformance } from './mode-conformance.ts';
import { noLazyUnknown } from './no-lazy-unknown.ts';
import { payloadBound } from './payload-bound.ts';
import { quotaOnce } from './quota-once.ts';
import { truthfulTerminal } from './truthful-terminal.ts';

const atRest = at(9_000, quiescent);

/** A history of a system without one vantage: it hides the uuids of its messages, unless another vantage is named. */
function without(events: readonly Observation[], options: ScriptOptions = {}, vantage: Vantage = 'identity'): History {
  const vantages = VANTAGES.filter((each) => each !== vantage);
  return historyOf({ ...options, changes: { vantages } }, [...events, atRest]);
}

/** How many things a checker finds, and how many it cannot decide, where uuids are shown and where they are not. */
function saidOf(checker: Checker, events: readonly Observation[], options: ScriptOptions = {}): Record<string, string> {
  const said = (history: History): string => {
    const { found, undecided } = runChecker(checker, history);
    return `${found.length} found, ${undecided.length} undecided`;
  };
  return { shown: said(historyOf(options, [...events, atRest])), hidden: said(without(events, options)) };
}

describe('S4, of a message whose send was seen and whose entry was not', () => {
  test('S4 finds what the service sends in OFF, although the entry was not seen', () => {
    expect(saidOf(modeConformance, sent(10, 'service'), { mode: 'OFF' })).toEqual({
      shown: '1 found, 0 undecided',
      hidden: '1 found, 0 undecided',
    });
  });

  test('S4 judges what the legacy app sends, without a seen entry, only where the system shows its uuids', () => {
    expect(saidOf(modeConformance, [at(5, flip('ON')), ...sent(10, 'legacy')], { mode: 'OFF' })).toEqual({
      shown: '0 found, 1 undecided',
      hidden: '0 found, 0 undecided',
    });
  });
});

describe('S21, of a system that hides uuids', () => {
  test('S21 is undecided about a fallback line that names no message, and does not judge it where no uuid is shown', () => {
    expect(saidOf(logEvidence, [at(10, log('legacy', FALLBACK_LINE))])).toEqual({
      shown: '0 found, 1 undecided',
      hidden: '0 found, 0 undecided',
    });
  });

  test('S21 finds the line of a message that is in a request and was never sent, even if other messages were sent', () => {
    const events = [
      at(5, request('front', 'f', { uuids: ['u1'] })),
      ...sent(10, 'legacy', 'c1#2'),
      at(20, log('legacy', `${FALLBACK_LINE} message_uuid=u1`)),
    ];
    expect(runChecker(logEvidence, without(events, { messages: 2 })).found).toHaveLength(1);
    const own = [...events, ...sent(30, 'legacy', 'c1#1')];
    expect(runChecker(logEvidence, without(own, { messages: 2 }))).toMatchObject({ exercised: 1, found: [] });
  });
});

describe('a charge of a message that was accepted and whose uuid was not seen', () => {
  const unknownOf = (history: History): boolean[] =>
    [...chargesByTenant(history).values()].flat().map(({ isUnknown }) => isUnknown);
  const accepted = sent(10, 'service');

  test.each<[string, boolean, readonly Observation[]]>([
    ['no row', false, []],
    ['a row of an unknown uuid', true, [at(50, logRow('ux', { status: 'unknown' }))]],
    ['a row that is certain', false, [at(50, logRow('ux', { status: 'accepted' }))]],
    [
      'a row of another message',
      false,
      [at(5, request('front', 'f', { uuids: ['u2'] })), at(50, logRow('u2', { status: 'unknown' }))],
    ],
  ])('a charge of a message whose uuid was not seen may have ended as unknown by %s: %s', (_, isUnknown, events) => {
    expect(unknownOf(without([...accepted, ...events], { messages: 2 }))).toEqual([isUnknown]);
  });

  test('a charge is judged by its own row once its uuid was seen', () => {
    const events = [at(2, entry('c1#1', 'u1')), ...accepted, at(50, logRow('ux', { status: 'unknown' }))];
    expect(unknownOf(without(events))).toEqual([false]);
    expect(unknownOf(without([...events, at(51, logRow('u1', { status: 'unknown' }))]))).toEqual([true]);
  });
});

test('S9 is not undecided about the message of a unit where uuids are hidden and all possible units were taken', () => {
  const taken = (units: number) =>
    saidOf(
      quotaOnce,
      [...sent(10, 'service'), ...sent(12, 'service', 'c1#2'), at(20, decrement({ from: 100, to: 100 - units }))],
      { messages: 2 },
    );
  expect(taken(2)).toEqual({ shown: '0 found, 1 undecided', hidden: '0 found, 0 undecided' });
  expect(taken(3)).toEqual({ shown: '1 found, 0 undecided', hidden: '1 found, 0 undecided' });
});

test('S12 is undecided about a uuid that belongs to no message, and does not judge it where uuids are not shown', () => {
  expect(saidOf(truthfulTerminal, [at(50, logRow('ux', { status: 'accepted' }))])).toEqual({
    shown: '0 found, 1 undecided',
    hidden: '0 found, 0 undecided',
  });
});

test('S18 does not compare a request with the payload of its message where payloads are not seen', () => {
  const events = [at(2, entry('c1#1', 'u1')), at(5, request('back', 'b', { uuids: ['u1'], body: 'another' }))];
  expect(runChecker(payloadBound, historyOf({}, [...events, atRest])).found).toHaveLength(1);
  expect(runChecker(payloadBound, without(events, {}, 'payload')).found).toEqual([]);
});

test('L4 looks for causes of doubt from the entry on only where there is doubt', () => {
  const lost = providerFault({ outcome: 'accept-lose-reply', fromMs: 3, untilMs: 5 });
  const events = [
    at(2, entry('c1#1', 'u1')),
    at(3, nemesis({ applied: 0 })),
    at(5, nemesis({ healed: 0 })),
    ...sent(3_000, 'service'),
  ];
  const said = (...more: Observation[]) =>
    runChecker(noLazyUnknown, without([...events, ...more], { faults: [lost] }, 'authority'));
  expect(said()).toEqual({ exercised: 1, found: [], undecided: [] });
  expect(said(at(3_100, logRow('u1', { status: 'unknown' })))).toEqual({ exercised: 0, found: [], undecided: [] });
});
