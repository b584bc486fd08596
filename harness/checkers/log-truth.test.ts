import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import { at, entry, historyOf, logRow, quiescent, row, sent } from '../history/history.fixture.ts';
import { logTruth } from './log-truth.ts';
import { runChecker } from './checker.fixture.ts';

const said = (...events: Observation[]) =>
  runChecker(logTruth, historyOf({}, [at(1, entry('c1#1', 'u1')), ...events, at(3_000, quiescent)]));

describe('S8 LogTruth', () => {
  test('S8 holds for rows that agree with the provider', () => {
    expect(
      said(...sent(10, 'service'), at(20, logRow('u1', { status: 'accepted', id: 'SM-c1#1-service-10' }))),
    ).toEqual({
      exercised: 1,
      found: [],
      undecided: [],
    });
    expect(said(...sent(10, 'legacy'), at(20, logRow('u1', { status: 'accepted', source: 'legacy' }))).found).toEqual(
      [],
    );
    expect(said(at(20, logRow('u1', { status: 'unknown' }))).found).toEqual([]);
    expect(said(at(20, logRow('u1', { status: 'failed' }))).found).toEqual([]);
  });

  test('S8 is violated by a log row of a send that never happened', () => {
    expect(said(at(20, logRow('u1', { status: 'duplicate' }))).found).toEqual([
      'sms_logs says c1#1 was duplicate by way of the service, which never sent it',
    ]);
  });

  test('S8 is violated by a log row that names the wrong system as sender', () => {
    expect(
      said(...sent(10, 'legacy'), at(20, logRow('u1', { status: 'accepted', id: 'SM-c1#1-legacy-10' }))).found,
    ).toEqual(['sms_logs says c1#1 was accepted by way of the service, which never sent it']);
  });

  test('S8 is violated by a wrong provider message id, or by none where the service sent', () => {
    expect(said(...sent(10, 'service'), at(20, logRow('u1', { status: 'accepted', id: 'SM-other' }))).found).toEqual([
      "sms_logs has the provider message id SM-other for c1#1; the provider's is SM-c1#1-service-10",
    ]);
    expect(said(...sent(10, 'service'), at(20, logRow('u1', { status: 'accepted' }))).found).toEqual([
      "sms_logs has no provider message id for c1#1; the provider's is SM-c1#1-service-10",
    ]);
  });

  test('S8 is violated by a row that says rejected for what the provider accepted', () => {
    expect(said(...sent(10, 'service'), at(20, logRow('u1', { status: 'rejected' }))).found).toEqual([
      'sms_logs says c1#1 was rejected, and the service had sent it',
    ]);
  });

  test('S8 is violated by a second row, but not by a row that replaces a deleted one', () => {
    const first = logRow('u1', { status: 'unknown' });
    const second = { ...first, key: '2' };
    expect(said(at(20, first), at(21, second)).found).toEqual(['c1#1 has two rows in sms_logs']);
    const removed = row('sms_logs', { key: 'u1', operation: 'delete', before: { message_uuid: 'u1' } });
    expect(said(at(20, first), at(21, removed), at(22, second)).found).toEqual([]);
  });

  test('S8 ignores what the rig tampered with', () => {
    const tampered = row('sms_logs', {
      after: { message_uuid: 'u1', status: 'accepted', source: 'go' },
      role: 'rig_role',
    });
    expect(said(at(20, tampered))).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('S8 is undecided while the send may still come', () => {
    const history = historyOf({}, [at(1, entry('c1#1', 'u1')), at(20, logRow('u1', { status: 'accepted' }))]);
    expect(runChecker(logTruth, history)).toMatchObject({ found: [], undecided: [expect.any(String)] });
  });

  test('S8 is exercised by final rows only', () => {
    expect(said(at(20, logRow('u1', { status: 'unknown' }))).exercised).toBe(1);
    expect(said(...sent(10, 'service'), at(20, logRow('u1', { status: 'in_progress' })))).toEqual({
      exercised: 0,
      found: [],
      undecided: [],
    });
  });

  test('S8 finds the message of an unassigned uuid by the id that the provider gave it', () => {
    const named = (id: string | null) => logRow('u9', { status: 'accepted', id });
    expect(said(...sent(10, 'service'), at(20, named('SM-c1#1-service-10')))).toEqual({
      exercised: 1,
      found: [],
      undecided: [],
    });
    const never = ['sms_logs says u9 was accepted by way of the service, which never sent it'];
    expect(said(...sent(10, 'legacy'), at(20, named('SM-c1#1-legacy-10'))).found).toEqual(never);
    expect(said(...sent(10, 'service'), at(20, named(null))).found).toEqual(never);
    expect(said(at(20, logRow('u9', { status: 'rejected' })))).toEqual({ exercised: 1, found: [], undecided: [] });
  });

  test('S8 reports several rows once, also where the uuid belongs to no item', () => {
    const rows = (messageUuid: string) => [20, 21, 22].map((ms) => at(ms, logRow(messageUuid, { status: 'unknown' })));
    expect(said(...rows('u1')).found).toEqual(['c1#1 has two rows in sms_logs']);
    expect(said(...rows('u9')).found).toEqual(['u9 has two rows in sms_logs']);
  });

  test('S8 accepts the id of each acceptance of the system, and names them all where the row has none', () => {
    const twice = [...sent(10, 'service'), ...sent(12, 'service')];
    const named = (id: string) => said(...twice, at(20, logRow('u1', { status: 'accepted', id }))).found;
    expect(named('SM-c1#1-service-12')).toEqual([]);
    expect(named('SM-x')[0]).toMatch(/the provider's is SM-c1#1-service-10, SM-c1#1-service-12$/);
  });
});
