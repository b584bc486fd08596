import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import {
  at,
  charged,
  decrement,
  entry,
  historyOf,
  logRow,
  quiescent,
  type ScriptOptions,
  sent,
} from '../history/history.fixture.ts';
import { quotaOnce } from './quota-once.ts';
import { runChecker } from './checker.fixture.ts';

const atRest = at(3_000, quiescent);
const settled = (ms: number, from: number, messageUuid = 'u1') => {
  const transaction = `settle-${messageUuid}-${ms}`;
  return [at(ms, charged(messageUuid, transaction)), at(ms, decrement({ from, to: from - 1, transaction }))];
};
const said = (options: ScriptOptions, ...events: Observation[]) => {
  const mode = options.mode ?? 'ON';
  const entries = [
    at(1, entry('c1#1', 'u1', mode)),
    ...(options.messages === 2 ? [at(1, entry('c1#2', 'u2', mode))] : []),
  ];
  return runChecker(quotaOnce, historyOf(options, [...entries, ...events]));
};

describe('S9 QuotaOnce', () => {
  test('holds when each accepted message is charged once', () => {
    expect(said({}, ...sent(10, 'service'), ...settled(20, 100), atRest)).toEqual({
      exercised: 1,
      found: [],
      undecided: [],
    });
    expect(said({}, ...sent(10, 'legacy'), ...settled(20, 100), atRest).found).toEqual([]);
    expect(said({ mode: 'OFF' }, ...sent(10, 'legacy'), ...settled(20, 100), atRest).found).toEqual([]);
  });

  test('is violated by a second charge', () => {
    expect(said({}, ...sent(10, 'service'), ...settled(20, 100), ...settled(30, 99)).found).toEqual([
      'c1#1 was charged 2 times',
    ]);
  });

  test('is violated by a missing charge, once all is at rest', () => {
    expect(said({}, ...sent(10, 'service'), atRest).found).toEqual([
      'c1#1 was not charged although the provider accepted it',
    ]);
    expect(said({}, ...sent(10, 'service'))).toMatchObject({ found: [], undecided: [expect.any(String)] });
  });

  test('is violated by a charge for what was never sent', () => {
    expect(said({}, ...settled(20, 100), atRest).found).toEqual([
      'c1#1 was charged although the provider never accepted it',
    ]);
  });

  test('follows the readings', () => {
    const shadow = [...sent(10, 'legacy'), ...settled(20, 100), atRest];
    expect(said({ mode: 'SHADOW' }, ...shadow).found).toEqual([
      'c1#1 was charged although nothing is charged in SHADOW',
    ]);
    expect(said({ mode: 'SHADOW', readings: { shadowBilling: 'legacy' } }, ...shadow).found).toEqual([]);
    expect(said({ readings: { fallbackBilling: 'free' } }, ...shadow).found).toEqual([
      'c1#1 was charged although a fallback is free',
    ]);
    expect(said({ mode: 'OFF', readings: { offBilling: 'free' } }, ...shadow).found).toEqual([
      'c1#1 was charged although nothing is charged in OFF',
    ]);
  });

  test('finds the messages of a decrement by the log rows when there is no ledger', () => {
    const transaction = 'batch';
    const logs = ['u1', 'u2'].map((uuid) => at(20, logRow(uuid, { status: 'accepted', transaction })));
    const both = [...sent(10, 'service', 'c1#1'), ...sent(12, 'service', 'c1#2'), ...logs];
    const take = (to: number) => at(20, decrement({ from: 100, to, transaction }));
    expect(said({ messages: 2 }, ...both, take(98), atRest)).toEqual({ exercised: 2, found: [], undecided: [] });
    expect(said({ messages: 2 }, ...both, take(97), atRest).found).toEqual([
      't1 was charged 3 units for 2 messages that could cost one',
    ]);
    expect(said({ messages: 2 }, ...both, take(99), atRest).found).toEqual([
      't1 was charged 1 units for 2 messages that cost one each',
    ]);
  });

  test('is undecided whose a bare decrement is', () => {
    const both = [...sent(10, 'service', 'c1#1'), ...sent(12, 'service', 'c1#2')];
    const bare = at(20, decrement({ from: 100, to: 98 }));
    expect(said({ messages: 2 }, ...both, bare, atRest)).toEqual({
      exercised: 0,
      found: [],
      undecided: [expect.any(String)],
    });
  });

  test('is not exercised by an unknown message, which may cost a unit or none, and violated by a second unit', () => {
    const unknown = at(20, logRow('u1', { status: 'unknown' }));
    expect(said({}, ...sent(10, 'service'), unknown, atRest)).toEqual({ exercised: 0, found: [], undecided: [] });
    expect(said({}, ...settled(20, 100), ...settled(30, 99), unknown, atRest).found).toEqual([
      'c1#1 was charged 2 times',
    ]);
  });
});
