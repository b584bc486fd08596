import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import {
  accept,
  at,
  attempt,
  callFailed,
  entry,
  historyOf,
  reject,
  repeat,
  request,
  row,
  sent,
} from '../history/history.fixture.ts';
import { runChecker } from './checker.fixture.ts';
import { payloadBound } from './payload-bound.ts';

const said = (...events: Observation[]) =>
  runChecker(
    payloadBound,
    historyOf({ messages: 2 }, [at(1, entry('c1#1', 'u1')), at(1, entry('c1#2', 'u2')), ...events]),
  );
const asked = (carried: { recipient?: string; body?: string }): Observation =>
  at(10, request('back', 'b', { uuids: ['u1'], ...carried }));
const tried = (change: { recipient?: string; body?: string; item?: string | null; account?: string }): Observation =>
  at(20, { ...attempt('service', 'c1#1', 'a'), ...change });
const logRowOf = (messageUuid: string, recipient: string, body: string) =>
  row('go_sms_logs', { role: 'service_role', after: { message_uuid: messageUuid, recipient, body } });
const logged = (recipient: string, body: string): Observation => at(15, logRowOf('u1', recipient, body));
const silent = { exercised: 0, found: [], undecided: [] };

describe('S18 PayloadBound', () => {
  test('S18 holds for messages that keep their number and their text', () => {
    const held = said(
      asked({}),
      logged('+99911', 'message c1#1'),
      ...sent(20, 'service'),
      ...sent(30, 'legacy', 'c1#2'),
    );
    expect(held).toEqual({ exercised: 4, found: [], undecided: [] });
  });

  test('S18 is violated by a send with another text, or to a number of no message with that text', () => {
    expect(said(tried({ body: 'message c1#2' })).found).toEqual([
      'the service sent c1#1 with another text than its own',
    ]);
    expect(said(tried({ recipient: '+1', item: null })).found).toEqual([
      'the service sent a text to +1, and no message has that text and that number',
    ]);
  });

  test('S18 does not judge a send that was definitely refused, or that belongs to another run', () => {
    expect(said(tried({ body: '' }), at(21, reject('service', 'c1#1', 'a')))).toEqual(silent);
    expect(said(tried({ recipient: '+1', item: null, account: 'AC9' }))).toEqual(silent);
    expect(said(tried({ body: 'message c1#2', account: 'AC9' })).found).toHaveLength(1);
    const second = tried({ recipient: '+1', item: null, account: 'AC2' });
    expect(runChecker(payloadBound, historyOf({ secondTenant: true }, [second])).found).toHaveLength(1);
  });

  test('S18 does not judge a send to an unknown recipient where no account identifies its tenant', () => {
    const history = historyOf({ messages: 1 }, [tried({ recipient: '+1', item: null })]);
    const tenants = history.tenants.map((tenant) => ({ ...tenant, account: null }));
    expect(payloadBound.check({ ...history, tenants })).toMatchObject({ exercised: 0, findings: [] });
  });

  test('S18 is violated by a request or a log row with another number or another text', () => {
    expect(said(asked({ recipient: '+99912' })).found).toEqual([
      'c1#1 was requested at the back tap with another number than its own',
    ]);
    expect(said(asked({ recipient: '+99912', body: 'message c1#2' })).found).toEqual([
      'c1#1 was requested at the back tap with another number and another text than its own',
    ]);
    expect(said(logged('+99911', 'x')).found).toEqual(['c1#1 is in go_sms_logs with another text than its own']);
    expect(said(logged('+1', 'message c1#1')).found).toEqual([
      'c1#1 is in go_sms_logs with another number than its own',
    ]);
  });

  test('S18 does not judge a uuid that belongs to no item, nor a log without columns for number and text', () => {
    const stranger = at(10, request('front', 'f', { uuids: ['u9'] }));
    const bare = at(15, row('go_sms_logs', { role: 'service_role', after: { message_uuid: 'u1' } }));
    expect(said(stranger, bare)).toEqual(silent);
    expect(said(logged('', 'x'), logged('+1', ''), at(15, logRowOf('u9', '+1', 'x')))).toEqual(silent);
    // A uuid that the service logs for an item that has not entered.
    expect(runChecker(payloadBound, historyOf({}, [logged('+99911', 'message c1#1')]))).toEqual(silent);
  });

  test('S18 does not judge a call that could not be read, nor later changes of a log row', () => {
    const unread = at(20, callFailed('front', 'f', { by: 'server', elapsedMs: 5 }));
    const changed = { ...logged('+1', 'x'), operation: 'update' } as Observation;
    expect(said(unread, changed)).toEqual(silent);
  });

  test('S18 holds for a uuid that is refused to another payload, by a status of the message or of the whole answer', () => {
    for (const result of ['conflict', 'rejected']) {
      expect(said(at(30, repeat(result, { body: 'another' })))).toEqual({ exercised: 1, found: [], undecided: [] });
    }
    for (const status of [400, 409]) {
      const refused = said(at(30, repeat(null, { recipient: '+1', status })));
      expect(refused).toEqual({ exercised: 1, found: [], undecided: [] });
    }
  });

  test('S18 is violated by an answer that accepts another payload than the one that was sent', () => {
    expect(said(at(30, repeat('duplicate', { body: 'another' }))).found).toEqual([
      'the service answered duplicate when c1#1 was requested with another text',
    ]);
    expect(said(at(30, repeat('accepted', { recipient: '+1' }))).found).toEqual([
      'the service answered accepted when c1#1 was requested with another number',
    ]);
  });

  test('S18 does not judge an answer that leaves the outcome open, a repeat of the same payload, or a uuid that belongs to no item', () => {
    expect(said(at(30, repeat('in_progress', { body: 'another' })))).toEqual(silent);
    expect(said(at(30, repeat(null, { body: 'another', status: 500 })))).toEqual(silent);
    expect(said(at(30, repeat(null, { body: 'another', status: null })))).toEqual(silent);
    expect(said(at(30, repeat('duplicate')))).toEqual(silent);
    expect(said(at(30, repeat('duplicate', { messageUuid: 'u9', body: 'another' })))).toEqual(silent);
  });

  test('S18 judges a send before the provider has answered', () => {
    expect(said(tried({}), at(25, accept('service', 'c1#1', 'a')))).toMatchObject({ exercised: 1, found: [] });
    expect(said(tried({ body: '' }))).toMatchObject({ exercised: 1, found: [expect.any(String)] });
  });
});
