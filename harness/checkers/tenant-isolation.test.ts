import { describe, expect, test } from 'vitest';
import { at, attempt, callFailed, entry, type Happening, historyOf, request } from '../history/history.fixture.ts';
import { runChecker } from './checker.fixture.ts';
import { tenantIsolation } from './tenant-isolation.ts';

const two = { secondTenant: true };
const ofSecond = (account: string) => at(10, { ...attempt('service', 'c2#1', 'b'), account });

describe('S22 TenantIsolation', () => {
  test('S22 holds when every message is sent with the account of its tenant', () => {
    const history = historyOf(two, [at(9, attempt('legacy', 'c1#1', 'a')), ofSecond('AC2')]);
    expect(runChecker(tenantIsolation, history)).toEqual({ exercised: 2, found: [], undecided: [] });
  });

  test('S22 is violated by the account of another tenant', () => {
    expect(runChecker(tenantIsolation, historyOf(two, [ofSecond('AC1')])).found).toEqual([
      'the service sent c2#1 with AC1 instead of AC2 of t2',
    ]);
  });

  test('S22 is violated by a request in the name of another tenant', () => {
    const asked = at(5, request('front', 'f', { uuids: ['u2'], tenantId: 1 }));
    expect(runChecker(tenantIsolation, historyOf(two, [at(1, entry('c2#1', 'u2')), asked])).found).toEqual([
      'c2#1 of t2 was requested in the name of tenant 1',
    ]);
  });

  test('S22 is violated by a request in the name of a tenant that only an earlier run had', () => {
    const asked = at(5, request('front', 'f', { uuids: ['u2'], tenantId: 77 }));
    expect(runChecker(tenantIsolation, historyOf(two, [at(1, entry('c2#1', 'u2')), asked])).found).toEqual([
      'c2#1 of t2 was requested in the name of tenant 77',
    ]);
  });

  test('S22 compares no account where tenants have none of their own, but compares the tenant of requests', () => {
    const history = historyOf(two, [
      at(1, entry('c2#1', 'u2')),
      at(5, request('front', 'f', { uuids: ['u2'], tenantId: 1 })),
      ofSecond('AC0'),
    ]);
    const tenants = history.tenants.map((tenant) => ({ ...tenant, account: null }));
    const { exercised, findings } = tenantIsolation.check({ ...history, tenants });
    expect(exercised).toBe(1);
    expect(findings.map(({ message }) => message)).toEqual(['c2#1 of t2 was requested in the name of tenant 1']);
  });

  test('S22 compares each message with its tenant’s account at the message’s provider', () => {
    const history = historyOf({ messages: 2 }, [
      at(1, entry('c1#1', 'u1')),
      at(2, entry('c1#2', 'u2')),
      at(3, attempt('service', 'c1#1', 'a')),
      at(4, attempt('service', 'c1#2', 'b')),
    ]);
    const items = history.items.map((item) => (item.item === 'c1#2' ? { ...item, account: 'VO1' } : item));
    const { exercised, findings } = tenantIsolation.check({ ...history, items });
    expect(exercised).toBe(2);
    expect(findings.map((finding) => finding.items)).toEqual([['c1#2']]);
  });

  test('S22 is not exercised with one tenant, and cannot attribute an unknown recipient', () => {
    const asked = at(5, request('front', 'f', { uuids: ['u1'], tenantId: 1 }));
    const events = [at(1, entry('c1#1', 'u1')), asked, at(9, attempt('legacy', 'c1#1', 'a'))];
    expect(runChecker(tenantIsolation, historyOf({}, events))).toMatchObject({ exercised: 0, found: [] });
    expect(runChecker(tenantIsolation, historyOf(two, [at(9, attempt('legacy', null, 'a'))]))).toEqual({
      exercised: 0,
      found: [],
      undecided: [],
    });
  });

  test('S22 holds for requests in the name of their own tenant, and for those that cannot be attributed', () => {
    const asked = (uuids: string[], tenantId: number | null) =>
      at(5, { ...request('front', `f-${uuids.join('')}-${tenantId}`, { uuids }), tenantId } as Happening);
    const history = historyOf(two, [
      at(1, entry('c2#1', 'u2')),
      asked(['u2'], 2),
      asked(['u2'], null),
      asked(['u9'], 1),
      at(6, callFailed('front', 'broken', { by: 'server', elapsedMs: 1 })),
    ]);
    expect(runChecker(tenantIsolation, history)).toEqual({ exercised: 1, found: [], undecided: [] });
  });
});
