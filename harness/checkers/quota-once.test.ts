import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import {
  at,
  attempt,
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
  test('S9 holds when each accepted message is charged once', () => {
    expect(said({}, ...sent(10, 'service'), ...settled(20, 100), atRest)).toEqual({
      exercised: 1,
      found: [],
      undecided: [],
    });
    expect(said({}, ...sent(10, 'legacy'), ...settled(20, 100), atRest).found).toEqual([]);
    expect(said({ mode: 'OFF' }, ...sent(10, 'legacy'), ...settled(20, 100), atRest).found).toEqual([]);
  });

  test('S9 is violated by a second charge', () => {
    expect(said({}, ...sent(10, 'service'), ...settled(20, 100), ...settled(30, 99)).found).toEqual([
      'c1#1 was charged twice',
    ]);
  });

  test('S9 is violated by a missing charge at quiescence', () => {
    expect(said({}, ...sent(10, 'service'), atRest).found).toEqual([
      'c1#1 was not charged although the provider accepted it',
    ]);
    expect(said({}, ...sent(10, 'service'))).toMatchObject({ found: [], undecided: [expect.any(String)] });
  });

  test('S9 is violated by a charge for a message that was never sent', () => {
    expect(said({}, ...settled(20, 100), atRest).found).toEqual([
      'c1#1 was charged although the provider never accepted it',
    ]);
  });

  test('S9 demands the charges that the readings say', () => {
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

  test('S9 finds the messages of a decrement by the log rows when there is no ledger', () => {
    const transaction = 'batch';
    const logs = ['u1', 'u2'].map((uuid) => at(20, logRow(uuid, { status: 'accepted', transaction })));
    const both = [...sent(10, 'service', 'c1#1'), ...sent(12, 'service', 'c1#2'), ...logs];
    const take = (to: number) => at(20, decrement({ from: 100, to, transaction }));
    expect(said({ messages: 2 }, ...both, take(98), atRest)).toEqual({ exercised: 2, found: [], undecided: [] });
    expect(said({ messages: 2 }, ...both, take(97), atRest).found).toEqual([
      't1 was charged 3 units for at most 2 chargeable messages',
    ]);
    expect(said({ messages: 2 }, ...both, take(99), atRest).found).toEqual([
      't1 was charged 1 unit for 2 chargeable messages',
    ]);
  });

  test('S9 is undecided about a decrement that names no message', () => {
    const both = [...sent(10, 'service', 'c1#1'), ...sent(12, 'service', 'c1#2')];
    const bare = at(20, decrement({ from: 100, to: 98 }));
    expect(said({ messages: 2 }, ...both, bare, atRest)).toEqual({
      exercised: 0,
      found: [],
      undecided: [expect.any(String)],
    });
  });

  test('S9 is as undecided about such a decrement where a message was sent twice as where none was', () => {
    const both = [...sent(10, 'service', 'c1#1'), ...sent(12, 'service', 'c1#2')];
    const again = sent(14, 'legacy', 'c1#1');
    const bare = at(20, decrement({ from: 100, to: 98 }));
    const once = said({ messages: 2 }, ...both, bare, atRest);
    expect(said({ messages: 2 }, ...both, ...again, bare, atRest)).toEqual(once);
    // A second charge for the second send is a violation, which is decided.
    const twice = at(20, decrement({ from: 100, to: 97 }));
    expect(said({ messages: 2 }, ...both, ...again, twice, atRest)).toMatchObject({ exercised: 1, undecided: [] });
  });

  test('S9 is not exercised by an unknown message, which may cost a unit or none, and is violated by a second unit', () => {
    const unknown = at(20, logRow('u1', { status: 'unknown' }));
    expect(said({}, ...sent(10, 'service'), unknown, atRest)).toEqual({ exercised: 0, found: [], undecided: [] });
    expect(said({}, ...settled(20, 100), ...settled(30, 99), unknown, atRest).found).toEqual([
      'c1#1 was charged twice',
    ]);
  });

  test('S9 demands the usual charge where a reading makes only other messages free', () => {
    const byService = [...sent(10, 'service'), ...settled(20, 100), atRest];
    expect(said({ readings: { offBilling: 'free' } }, ...byService).found).toEqual([]);
    expect(said({ readings: { fallbackBilling: 'free' } }, ...byService).found).toEqual([]);
    const byLegacy = [...sent(10, 'legacy'), ...settled(20, 100), atRest];
    expect(said({ mode: 'OFF', readings: { fallbackBilling: 'free' } }, ...byLegacy).found).toEqual([]);
    const byBoth = [...sent(10, 'service'), ...sent(12, 'legacy'), ...settled(20, 100), atRest];
    expect(said({ readings: { fallbackBilling: 'free' } }, ...byBoth).found).toEqual([]);
  });

  test('S9 is exercised by a message that is free, and not by one that was neither sent nor charged', () => {
    expect(said({ mode: 'SHADOW' }, ...sent(10, 'legacy'), atRest)).toEqual({ exercised: 1, found: [], undecided: [] });
    expect(said({ messages: 2 }, ...sent(10, 'service'), ...settled(20, 100), atRest).exercised).toBe(1);
  });

  test('S9 holds already while a charged message may still be accepted', () => {
    expect(said({}, ...settled(20, 100))).toEqual({ exercised: 1, found: [], undecided: [] });
    expect(said({}, ...sent(10, 'service'), ...settled(20, 100))).toEqual({ exercised: 1, found: [], undecided: [] });
    const open = at(10, attempt('service', 'c1#1', 'a'));
    expect(said({}, open, ...settled(20, 100), atRest).found).toEqual([]);
  });

  test('S9 judges an item that was sent without a uuid by the mode of its tenant, if that is known', () => {
    const rest = [...sent(10, 'service'), atRest];
    expect(runChecker(quotaOnce, historyOf({}, rest)).found).toEqual([
      'c1#1 was not charged although the provider accepted it',
    ]);
    const steps = [{ kind: 'flip', tenant: 't1', mode: 'OFF', atMs: 5 }] as const;
    expect(runChecker(quotaOnce, historyOf({ steps }, rest))).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('S9 ignores a tenant without messages', () => {
    expect(said({ secondTenant: true }, ...sent(10, 'service'), ...settled(20, 100), atRest)).toEqual({
      exercised: 1,
      found: [],
      undecided: [],
    });
  });

  test('S9 attributes a decrement that names no message to the only message that there is, even if it has several units', () => {
    const bare = (to: number) => [...sent(10, 'service'), at(20, decrement({ from: 100, to })), atRest];
    expect(said({}, ...bare(99))).toEqual({ exercised: 1, found: [], undecided: [] });
    expect(said({}, ...bare(98)).found).toEqual(['c1#1 was charged twice']);
    const blank = at(20, logRow('', { status: 'accepted', transaction: 'bare' }));
    expect(said({}, blank, ...bare(98)).found).toEqual(['c1#1 was charged twice']);
  });

  test('S9 is violated by a unit that is credited for a message', () => {
    const given = at(20, decrement({ from: 100, to: 101, transaction: 'gift' }));
    expect(said({}, at(20, charged('u1', 'gift')), given, atRest).found).toEqual(['c1#1 was credited 1 unit']);
  });

  test('S9 uses the ledger rather than the log, and only the rows of the ledger that charge', () => {
    const transaction = 'batch';
    const released = { ...charged('u2', transaction), after: { message_uuid: 'u2', tenant_id: 1, state: 'released' } };
    const logs = ['u1', 'u2'].map((uuid) => at(20, logRow(uuid, { status: 'accepted', transaction })));
    const take = at(20, decrement({ from: 100, to: 99, transaction }));
    const events = [at(20, charged('u1', transaction)), at(20, released), ...logs, take];
    expect(said({ messages: 2 }, ...sent(10, 'service'), ...events, atRest)).toEqual({
      exercised: 1,
      found: [],
      undecided: [],
    });
    const replayed = [at(20, logRow('u1', { status: 'duplicate', transaction })), take];
    expect(said({ messages: 2 }, ...sent(10, 'service'), ...replayed, atRest).exercised).toBe(1);
  });

  test('S9 judges the total where a unit was taken for an unknown message', () => {
    const taken = [...sent(10, 'service'), ...settled(20, 100, 'u9')];
    expect(said({}, ...taken, atRest).undecided).toEqual(['for which messages of t1 1 unit had been taken']);
    const history = historyOf({}, [at(1, entry('c1#1', 'u1')), ...taken, ...settled(30, 99, 'u9'), atRest]);
    const [finding] = quotaOnce.check(history).findings;
    expect(finding?.message).toBe('t1 was charged 2 units for at most 1 chargeable message');
    expect(finding?.witnesses.map((seq) => history.events[seq]?.kind)).toEqual(['accept', 'row', 'row']);
  });

  test('S9 names the entry, the acceptance, the decrements and the log', () => {
    const logged = at(25, logRow('u1', { status: 'accepted', id: 'SM-c1#1-service-10' }));
    const twice = [...sent(10, 'service'), ...settled(20, 100), logged, ...settled(30, 99)];
    const history = historyOf({}, [at(1, entry('c1#1', 'u1')), ...twice]);
    const shown = quotaOnce.check(history).findings[0]?.witnesses.map((seq) => history.events[seq]);
    expect(shown).toMatchObject([
      { kind: 'entry' },
      { kind: 'accept' },
      { table: 'quota_accounts' },
      { table: 'sms_logs' },
      { table: 'quota_accounts' },
    ]);
  });
});
