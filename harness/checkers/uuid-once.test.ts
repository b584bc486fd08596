import { describe, expect, test } from 'vitest';
import {
  at,
  attempt,
  callFailed,
  committed,
  during,
  entry,
  historyOf,
  logRow,
  recipientOf,
  request,
  row,
  sent,
  trigger,
} from '../history/history.fixture.ts';
import { runChecker } from './checker.fixture.ts';
import { uuidOnce } from './uuid-once.ts';

describe('S6 UuidOnce', () => {
  test('S6 holds for uuids that are made first and kept', () => {
    const history = historyOf({ messages: 2 }, [
      at(1, trigger()),
      during(2, 3, entry('c1#1', 'u1')),
      during(2, 3, entry('c1#2', 'u2')),
      at(5, request('front', 'f', { uuids: ['u1', 'u2'] })),
      ...sent(6, 'service', 'c1#1'),
      at(20, logRow('u1', { status: 'accepted' })),
    ]);
    expect(runChecker(uuidOnce, history)).toEqual({ exercised: 2, found: [], undecided: [] });
  });

  test('S6 is violated by a second uuid of one item', () => {
    const phone = recipientOf('c1#1');
    const again = row('campaign_sms', { before: { phone, message_uuid: 'u1' }, after: { phone, message_uuid: 'u9' } });
    expect(runChecker(uuidOnce, historyOf({}, [at(1, entry('c1#1', 'u1')), at(9, again)])).found).toEqual([
      'c1#1 was given 2 uuids: u1 and u9',
    ]);
  });

  test('S6 distinguishes items with the same number by their texts, and ignores rows of no item', () => {
    const items = ['c1#1', 'c1#2'].map((item) => ({ item, campaign: 'c1', tenant: 't1', recipient: '+1', body: item }));
    const given = (body: string, messageUuid: string, phone = '+1') =>
      at(1, row('campaign_sms', { after: { phone, body, message_uuid: messageUuid } }));
    const said = (...events: ReturnType<typeof given>[]) =>
      runChecker(uuidOnce, historyOf({ messages: 2, changes: { items } }, events)).found;
    expect(said(given('c1#1', 'u1'), given('c1#2', 'u2'), given('', 'u3', '+2'))).toEqual([]);
    expect(said(given('c1#1', 'u1'), given('c1#1', 'u2'))).toEqual(['c1#1 was given 2 uuids: u1 and u2']);
  });

  test('S6 is violated by a uuid that two items share', () => {
    const history = historyOf({ messages: 2 }, [at(1, entry('c1#1', 'u1')), at(2, entry('c1#2', 'u1'))]);
    expect(runChecker(uuidOnce, history).found).toEqual(['c1#1 and c1#2 share the uuid u1']);
  });

  test('S6 is violated by a send before the uuid exists, or without one', () => {
    expect(runChecker(uuidOnce, historyOf({}, [...sent(1, 'legacy'), at(9, entry('c1#1', 'u1'))])).found).toEqual([
      'c1#1 was requested or tried before it had its uuid',
    ]);
    expect(runChecker(uuidOnce, historyOf({}, sent(1, 'legacy'))).found).toEqual([
      'c1#1 was tried and never had a uuid',
    ]);
  });

  test('S6 is violated by a call that is made before the transaction with the uuid has committed', () => {
    const history = (asked: number) =>
      historyOf({}, [
        committed(1, [9, 10], entry('c1#1', 'u1')),
        at(asked, request('front', 'f', { uuids: ['u1'] })),
        ...sent(20, 'service', 'c1#1'),
      ]);
    expect(runChecker(uuidOnce, history(5)).found).toEqual(['c1#1 was requested or tried before it had its uuid']);
    expect(runChecker(uuidOnce, history(11)).found).toEqual([]);
  });

  test('S6 is violated by a uuid that appears only on the wire and in the logs', () => {
    const history = historyOf({}, [
      at(1, entry('c1#1', 'u1')),
      at(5, request('front', 'f', { uuids: ['u8'] })),
      at(9, logRow('u8', { status: 'accepted' })),
    ]);
    expect(runChecker(uuidOnce, history).found).toEqual(['the uuid u8 in a request and sms_logs belongs to no item']);
  });

  test('S6 is violated when a blank uuid is sent or filled in', () => {
    const faults = [{ kind: 'missing-uuid', item: 'c1#1' }] as const;
    const history = historyOf({ faults }, [
      at(1, trigger()),
      at(2, entry('c1#1', 'u1')),
      at(5, request('front', 'f', { uuids: [''] })),
    ]);
    expect(runChecker(uuidOnce, history)).toMatchObject({
      exercised: 2,
      found: ['a request to the service lacks a uuid', 'c1#1 came without a uuid and was given one'],
    });
    expect(runChecker(uuidOnce, historyOf({ faults }, [at(1, trigger())]))).toEqual({
      exercised: 1,
      found: [],
      undecided: [],
    });
  });

  test('S6 is not exercised where the uuid and the first send overlap in time', () => {
    const history = historyOf({}, [during(1, 9, entry('c1#1', 'u1')), at(5, attempt('legacy', 'c1#1', 'a'))]);
    expect(runChecker(uuidOnce, history)).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('S6 holds while the row has no uuid yet, and for a uuid that is written again', () => {
    const phone = recipientOf('c1#1');
    const blank = row('campaign_sms', { before: { phone }, after: { phone, message_uuid: null } });
    const history = historyOf({}, [at(1, blank), at(2, entry('c1#1', 'u1')), at(3, entry('c1#1', 'u1'))]);
    expect(runChecker(uuidOnce, history)).toEqual({ exercised: 1, found: [], undecided: [] });
  });

  test('S6 knows a uuid from any row of the item, also from one that the rig wrote', () => {
    const phone = recipientOf('c1#1');
    const again = row('campaign_sms', { before: { phone, message_uuid: 'u1' }, after: { phone, message_uuid: 'u9' } });
    const asked = at(20, request('front', 'f', { uuids: ['u9'] }));
    expect(runChecker(uuidOnce, historyOf({}, [at(1, entry('c1#1', 'u1')), at(9, again), asked])).found).toEqual([
      'c1#1 was given 2 uuids: u1 and u9',
    ]);
    const byRig = { ...entry('c1#1', 'u9'), role: 'rig_role' } as ReturnType<typeof entry>;
    expect(runChecker(uuidOnce, historyOf({}, [at(1, byRig), asked])).found).toEqual([]);
  });

  test.each(['sms_logs', 'go_sms_logs', 'send_authority', 'quota_ledger'])(
    'S6 is violated by an unknown uuid in %s',
    (table) => {
      const stranger = at(9, row(table, { after: { message_uuid: 'u8' } }));
      const broken = at(10, callFailed('front', 'f', { by: 'server', elapsedMs: 1 }));
      expect(runChecker(uuidOnce, historyOf({}, [at(1, entry('c1#1', 'u1')), stranger, broken])).found).toEqual([
        `the uuid u8 in ${table} belongs to no item`,
      ]);
    },
  );

  test('S6 is not exercised by a blank uuid whose campaign was never triggered, nor by one of no item', () => {
    const blank = (item: string) => historyOf({ faults: [{ kind: 'missing-uuid', item }] }, [at(1, trigger('c2'))]);
    for (const item of ['c1#1', 'c9#9']) expect(runChecker(uuidOnce, blank(item)).exercised).toBe(0);
  });
});
