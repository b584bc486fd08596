import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import {
  at,
  decrement,
  during,
  entry,
  historyOf,
  quiescent,
  row,
  type ScriptOptions,
  trigger,
  userResponse,
} from '../history/history.fixture.ts';
import { admission } from './admission.ts';
import { runChecker } from './checker.fixture.ts';

const atRest = at(3_000, quiescent);
const [triggered, answered] = [at(1, trigger()), at(60, userResponse({ status: 200 }))];
const again = [at(100, trigger('c1', 2)), at(160, userResponse({ status: 200, delivery: 2 }))];
const entered = (ms: number, item = 'c1#1', mode = 'ON') => at(ms, entry(item, `u-${item}`, mode));
const said = (options: ScriptOptions, ...events: Observation[]) =>
  runChecker(admission, historyOf({ mode: 'ON', ...options }, [triggered, answered, ...events]));
const withQuota = (quota: number, messages: number): ScriptOptions => ({
  messages,
  changes: { tenants: [{ key: 't1', tenantId: 1, account: 'AC1', quota }] },
});
const ledger = (ms: number, state: string) =>
  at(ms, row('quota_ledger', { after: { message_uuid: 'u-c1#1', tenant_id: 1, state } }));
const released = (ms: number) => ledger(ms, 'released');

describe('S23 Admission', () => {
  test('S23 holds for a message that its campaign admitted, even if the user got an error', () => {
    const held = { exercised: 1, found: [], undecided: [] };
    expect(said({}, entered(10), atRest)).toEqual(held);
    expect(said({}, entered(10), ...again, atRest)).toEqual(held);
    expect(said({}, entered(70), atRest)).toEqual(held);
  });

  test('S23 is violated by each message that is never admitted', () => {
    expect(said({ messages: 3 }, entered(10, 'c1#2'), atRest)).toEqual({
      exercised: 3,
      found: ['c1#1', 'c1#3'].map(
        (item) => `${item} did not enter, and neither a fault nor an empty account explains it`,
      ),
      undecided: [],
    });
  });

  test('S23 is violated by a message that needs a second delivery', () => {
    expect(said({}, ...again, entered(120), atRest).found).toEqual([
      'c1#1 entered only when its campaign was triggered again, and neither a fault nor an empty account explains it',
    ]);
    // The second delivery had begun before the first was answered.
    expect(said({}, at(50, trigger('c1', 2)), entered(55), atRest).found).toEqual([]);
    expect(said({}, ...again, entered(100), atRest).found).toEqual([]);
  });

  test('S23 demands no more messages than the account has units, and all of those', () => {
    const first = entered(10);
    expect(said(withQuota(1, 2), first, atRest)).toEqual({ exercised: 1, found: [], undecided: [] });
    expect(said(withQuota(2, 2), first, atRest).found).toHaveLength(1);
    expect(said(withQuota(0, 2), atRest)).toEqual({ exercised: 0, found: [], undecided: [] });
    expect(said(withQuota(2, 2), first, at(20, decrement({ from: 2, to: 0 })), atRest).found).toEqual([]);
  });

  test('S23 demands a message once the unit of another was returned before its delivery', () => {
    expect(said(withQuota(1, 2), entered(10), released(80), ...again, atRest).found).toHaveLength(1);
    expect(said(withQuota(1, 2), entered(10), released(110), ...again, atRest).found).toEqual([]);
    expect(said(withQuota(1, 2), entered(10), ledger(10, 'reserved'), ...again, atRest).found).toEqual([]);
  });

  test('S23 counts the units that were reserved and taken by the end of a delivery, in any order of the events', () => {
    expect(said(withQuota(2, 3), entered(70), entered(10, 'c1#2'), atRest).found).toHaveLength(1);
    const taken = [during(50, 70, decrement({ from: 2, to: 1 })), during(40, 71, decrement({ from: 1, to: 0 }))];
    const early = [triggered, at(45, userResponse({ status: 200 }))];
    expect(runChecker(admission, historyOf(withQuota(2, 1), [...early, ...taken, atRest])).found).toHaveLength(1);
  });

  test("S23 uses the account of the message's tenant, and demands nothing where the run does not list it", () => {
    const other = [at(1, trigger('c2')), at(60, userResponse({ status: 200, campaign: 'c2' }))];
    const tenants = [0, 1].map((quota, place) => ({
      key: `t${place + 1}`,
      tenantId: place + 1,
      account: `AC${place + 1}`,
      quota,
    }));
    const secondOnly = said({ secondTenant: true, changes: { tenants } }, ...other, atRest);
    expect(secondOnly.found).toEqual(['c2#1 did not enter, and neither a fault nor an empty account explains it']);
    expect(said({ changes: { tenants: [] } }, atRest)).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('S23 counts no unit for what is free of charge', () => {
    const options = withQuota(1, 2);
    expect(said({ ...options, mode: 'SHADOW' }, entered(10, 'c1#1', 'SHADOW'), atRest).found).toHaveLength(1);
    const readings = { shadowBilling: 'legacy' } as const;
    const charged = { ...options, mode: 'SHADOW', readings };
    expect(said(charged, entered(10, 'c1#1', 'SHADOW'), atRest).found).toEqual([]);
  });

  test('S23 is undecided about a message that may still be admitted', () => {
    expect(said({})).toEqual({ exercised: 0, found: [], undecided: ['whether c1#1 will still enter'] });
  });
});
