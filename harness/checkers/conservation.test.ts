import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import {
  at,
  attempt,
  balance,
  decrement,
  during,
  entry,
  historyOf,
  logRow,
  quiescent,
  reject,
  row,
  type ScriptOptions,
  sent,
} from '../history/history.fixture.ts';
import { conservation } from './conservation.ts';
import { runChecker } from './checker.fixture.ts';

const atRest = at(3_000, quiescent);
const said = (events: readonly Observation[], options: ScriptOptions = {}) =>
  runChecker(conservation, historyOf(options, [at(1, entry('c1#1', 'u1', options.mode ?? 'ON')), ...events]));

describe('S10 Conservation', () => {
  test('S10 holds when the account lost what was sent', () => {
    const events = [...sent(10, 'service'), at(20, decrement({ from: 100, to: 99 })), atRest, at(3_001, balance(99))];
    expect(said(events)).toEqual({ exercised: 2, found: [], undecided: [] });
  });

  test('S10 is violated at quiescence by an account that lost too few or too many units', () => {
    expect(said([...sent(10, 'service'), atRest, at(3_001, balance(100))]).found).toEqual([
      't1 lost 0 units where 1 had to be charged',
    ]);
    expect(said([...sent(10, 'service'), atRest, at(3_001, balance(98))]).found).toEqual([
      't1 lost 2 units where 1 had to be charged',
    ]);
  });

  test('S10 is violated by a unit taken before anything could have been sent', () => {
    const events = [at(5, decrement({ from: 100, to: 99 })), ...sent(10, 'service')];
    expect(said(events).found).toEqual(['t1 had lost 1 unit when at most 0 messages could have been accepted']);
  });

  test('S10 is violated by a unit taken in a mode that only rehearses, and by a unit too many', () => {
    const taken = [...sent(10, 'legacy'), at(20, decrement({ from: 100, to: 99 }))];
    expect(said(taken, { mode: 'SHADOW' }).found).toHaveLength(1);
    expect(said([at(20, decrement({ from: 100, to: 101 }))]).found).toEqual(['t1 has 1 unit more than it began with']);
  });

  test('S10 is violated by a balance below zero', () => {
    const empty = { changes: { tenants: [{ key: 't1', tenantId: 1, account: 'AC1', quota: 0 }] } };
    const events = [...sent(10, 'service'), at(20, decrement({ from: 0, to: -1 })), atRest, at(3_001, balance(-1))];
    expect(said(events, empty).found).toEqual(['t1 has -1 units left']);
  });

  test('S10 is undecided when a unit was taken at about the time of the first attempt', () => {
    const taken = during(9, 11, decrement({ from: 100, to: 99 }));
    expect(said([...sent(10, 'service'), taken])).toEqual({ exercised: 0, found: [], undecided: [expect.any(String)] });
  });

  test('S10 holds within the bounds that an unknown message leaves, and is violated outside', () => {
    const unknown = [...sent(10, 'service'), at(20, logRow('u1', { status: 'unknown' })), atRest];
    for (const units of [100, 99]) {
      expect(said([...unknown, at(3_001, balance(units))])).toEqual({ exercised: 1, found: [], undecided: [] });
    }
    expect(said([...unknown, at(3_001, balance(98))]).found).toEqual([
      't1 lost 2 units where 0 to 1 had to be charged',
    ]);
  });

  test('S10 judges no balance before quiescence', () => {
    expect(said([...sent(10, 'service'), at(20, balance(100))])).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('S10 is not exercised by an account from which no unit is taken', () => {
    const idle = [atRest, at(3_001, balance(100, 't2'))];
    expect(
      said([...sent(10, 'service'), at(20, decrement({ from: 100, to: 99 })), ...idle], { secondTenant: true }),
    ).toEqual({
      exercised: 2,
      found: [],
      undecided: [],
    });
    expect(runChecker(conservation, historyOf({}, [atRest]))).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('S10 is violated by a unit that is lost although nothing was ever sent', () => {
    const taken = historyOf({}, [at(20, decrement({ from: 100, to: 99 })), atRest]);
    expect(runChecker(conservation, taken)).toMatchObject({
      exercised: 2,
      found: [expect.stringContaining('at most 0 messages'), 't1 lost 1 unit where 0 had to be charged'],
    });
  });

  test('S10 judges each account by its own sample, and by its last decrement or its quota where there is none', () => {
    const taken = at(20, decrement({ from: 100, to: 99 }));
    const samples = [atRest, at(3_001, balance(99)), at(3_002, balance(100, 't2'))];
    expect(said([...sent(10, 'service'), taken, ...samples], { secondTenant: true }).found).toEqual([]);
    expect(said([...sent(10, 'service'), taken, atRest]).found).toEqual([]);
    const untouched = historyOf({}, [at(1, entry('c1#1', 'u1')), ...sent(10, 'service'), atRest]);
    expect(conservation.check(untouched).findings).toMatchObject([
      { message: 't1 lost 0 units where 1 had to be charged' },
    ]);
  });

  test('S10 is violated by a balance below zero that no decrement shows, and not by one of zero', () => {
    const account = (quota: number) => ({ changes: { tenants: [{ key: 't1', tenantId: 1, account: 'AC1', quota }] } });
    expect(said([...sent(10, 'service'), atRest, at(3_001, balance(-1))], account(0)).found).toEqual([
      't1 has -1 units left',
    ]);
    const last = at(20, decrement({ from: 1, to: 0 }));
    expect(said([...sent(10, 'service'), last, atRest, at(3_001, balance(-1))], account(1)).found).toEqual([
      't1 has -1 units left',
      't1 lost 2 units where 1 had to be charged',
    ]);
    expect(said([...sent(10, 'service'), last, atRest, at(3_001, balance(0))], account(1)).found).toEqual([]);
    expect(said([...sent(10, 'service'), atRest, at(3_001, balance(0))], account(1)).found).toEqual([]);
  });

  test('S10 allows a unit that is returned', () => {
    const back = [
      at(20, decrement({ from: 100, to: 99 })),
      at(30, decrement({ from: 99, to: 100, transaction: 'back' })),
    ];
    expect(said([...sent(10, 'service'), ...back])).toEqual({ exercised: 2, found: [], undecided: [] });
  });

  test('S10 counts no attempt that the provider refused, or that was for no item', () => {
    const taken = at(20, decrement({ from: 100, to: 99 }));
    const refused = [at(10, attempt('service', 'c1#1', 'a')), at(11, reject('service', 'c1#1', 'a'))];
    expect(said([...refused, taken]).found).toEqual([
      't1 had lost 1 unit when at most 0 messages could have been accepted',
    ]);
    expect(said([at(10, attempt('service', null, 'a')), taken]).found).toHaveLength(1);
  });

  test('S10 names the attempts before the wrong commit, and the decrements up to the balance', () => {
    const history = historyOf({ messages: 2 }, [
      at(1, entry('c1#1', 'u1')),
      at(1, entry('c1#2', 'u2')),
      ...sent(10, 'service', 'c1#1'),
      at(20, decrement({ from: 100, to: 98 })),
      ...sent(30, 'service', 'c1#2'),
      atRest,
      at(3_001, balance(97)),
    ]);
    const [commit, end] = conservation.check(history).findings;
    expect(commit).toMatchObject({
      message: 't1 had lost 2 units when at most 1 message could have been accepted',
      items: ['c1#1'],
    });
    expect(end?.witnesses.map((seq) => history.events[seq])).toMatchObject([
      { kind: 'row', table: 'quota_accounts' },
      { kind: 'balance', units: 97 },
    ]);
  });

  test('S10 ignores rows of the account that change no balance', () => {
    const account = (before: unknown, after: unknown) =>
      at(15, row('quota_accounts', { operation: 'update', before, after } as Parameters<typeof row>[1]));
    const idle = [
      account(null, { tenant_id: 1, units: 100 }),
      account({ tenant_id: 1, units: 100 }, null),
      account({ tenant_id: 1, units: 100 }, { tenant_id: 1, units: 100 }),
    ];
    const taken = at(20, decrement({ from: 100, to: 99 }));
    expect(said([...sent(10, 'service'), ...idle, taken])).toEqual({ exercised: 1, found: [], undecided: [] });
  });
});
