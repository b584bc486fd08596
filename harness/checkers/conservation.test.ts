import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import {
  at,
  balance,
  decrement,
  during,
  entry,
  historyOf,
  logRow,
  quiescent,
  type ScriptOptions,
  sent,
} from '../history/history.fixture.ts';
import { conservation } from './conservation.ts';
import { runChecker } from './checker.fixture.ts';

const atRest = at(3_000, quiescent);
const said = (events: readonly Observation[], options: ScriptOptions = {}) =>
  runChecker(conservation, historyOf(options, [at(1, entry('c1#1', 'u1', options.mode ?? 'ON')), ...events]));

describe('S10 Conservation', () => {
  test('holds when the account lost what was sent', () => {
    const events = [...sent(10, 'service'), at(20, decrement({ from: 100, to: 99 })), atRest, at(3_001, balance(99))];
    expect(said(events)).toEqual({ exercised: 2, found: [], undecided: [] });
  });

  test('is violated at rest by an account that lost too little or too much', () => {
    expect(said([...sent(10, 'service'), atRest, at(3_001, balance(100))]).found).toEqual([
      't1 lost 0 units where 1 had to be charged',
    ]);
    expect(said([...sent(10, 'service'), atRest, at(3_001, balance(98))]).found).toEqual([
      't1 lost 2 units where 1 had to be charged',
    ]);
  });

  test('is violated by a unit taken before anything could have been sent', () => {
    const events = [at(5, decrement({ from: 100, to: 99 })), ...sent(10, 'service')];
    expect(said(events).found).toEqual(['t1 had lost 1 units when at most 0 messages could have been accepted']);
  });

  test('is violated by a unit for a rehearsed mode, and by a gift', () => {
    const taken = [...sent(10, 'legacy'), at(20, decrement({ from: 100, to: 99 }))];
    expect(said(taken, { mode: 'SHADOW' }).found).toHaveLength(1);
    expect(said([at(20, decrement({ from: 100, to: 101 }))]).found).toEqual(['t1 has 1 units more than it began with']);
  });

  test('is violated by a balance below zero', () => {
    const empty = { changes: { tenants: [{ key: 't1', tenantId: 1, account: 'AC1', quota: 0 }] } };
    const events = [...sent(10, 'service'), at(20, decrement({ from: 0, to: -1 })), atRest, at(3_001, balance(-1))];
    expect(said(events, empty).found).toEqual(['t1 has -1 units left']);
  });

  test('is undecided when a unit was taken at about the time of the first attempt', () => {
    const taken = during(9, 11, decrement({ from: 100, to: 99 }));
    expect(said([...sent(10, 'service'), taken])).toEqual({ exercised: 0, found: [], undecided: [expect.any(String)] });
  });

  test('holds within the bounds that an unknown message leaves, and violated outside', () => {
    const unknown = [...sent(10, 'service'), at(20, logRow('u1', { status: 'unknown' })), atRest];
    for (const units of [100, 99]) {
      expect(said([...unknown, at(3_001, balance(units))])).toEqual({ exercised: 1, found: [], undecided: [] });
    }
    expect(said([...unknown, at(3_001, balance(98))]).found).toEqual([
      't1 lost 2 units where 0 to 1 had to be charged',
    ]);
  });

  test('judges no balance before all is at rest', () => {
    expect(said([...sent(10, 'service'), at(20, balance(100))])).toEqual({ exercised: 0, found: [], undecided: [] });
  });
});
