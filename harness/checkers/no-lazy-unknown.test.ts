import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import type { FaultOf } from '../faults/catalogue.ts';
import {
  at,
  authority,
  entry,
  historyOf,
  logRow,
  nemesis,
  providerFault,
  quiescent,
  row,
  sent,
} from '../history/history.fixture.ts';
import { runChecker, witnessesOf } from './checker.fixture.ts';
import { noLazyUnknown } from './no-lazy-unknown.ts';

const entered = at(1, entry('c1#1', 'u1'));
const atRest = at(9_000, quiescent);
const begun = at(10, authority('u1', { holder: 'service' }));
const surfaced = at(30, authority('u1', { holder: 'service', state: 'UNKNOWN' }));
const claimed = at(8, authority('u1', { holder: 'service', state: 'CLAIMED' }));
const isSent = at(30, authority('u1', { holder: 'service', state: 'SENT' }));
const logged = (ms: number, status: string) => at(ms, logRow('u1', { status }));
const said = (...events: Observation[]) => runChecker(noLazyUnknown, historyOf({}, [entered, ...events, atRest]));
const lostBetween = (fromMs: number, untilMs: number) =>
  providerFault({ outcome: 'accept-lose-reply', fromMs, untilMs });
const lost = lostBetween(5, 25);
const saidUnder = (fault: FaultOf<'provider'>, ...events: Observation[]) =>
  runChecker(
    noLazyUnknown,
    historyOf({ faults: [fault] }, [
      entered,
      at(fault.fromMs, nemesis({ applied: 0 })),
      at(fault.untilMs, nemesis({ healed: 0 })),
      ...events,
      atRest,
    ]),
  );
const silent = { exercised: 0, found: [], undecided: [] };
const held = { exercised: 1, found: [], undecided: [] };

describe('L4 NoLazyUnknown', () => {
  test('L4 holds for a message that nothing left in doubt and that ended', () => {
    const own = row('go_sms_logs', { role: 'service_role', after: { message_uuid: 'u1', status: 'accepted' } });
    expect(said(begun, ...sent(12, 'service'), isSent, at(31, own), logged(35, 'accepted'))).toEqual(held);
    expect(said(...sent(12, 'service'))).toEqual(held);
  });

  test('L4 is violated by doubt without a cause, in the authority or in either log', () => {
    const found = (table: string): string[] => [`c1#1 ended as unknown in ${table}, and nothing had left it in doubt`];
    expect(said(begun, ...sent(12, 'service'), surfaced).found).toEqual(found('send_authority'));
    expect(said(...sent(12, 'service'), logged(30, 'unknown')).found).toEqual(found('sms_logs'));
    expect(said(begun, surfaced).found).toEqual(found('send_authority'));
    const own = row('go_sms_logs', { role: 'service_role', after: { message_uuid: 'u1', status: 'unknown' } });
    expect(said(...sent(12, 'service'), at(30, own)).found).toEqual(found('go_sms_logs'));
  });

  test('L4 shows the row that says unknown, and the attempts with their answers', () => {
    const history = historyOf({}, [entered, begun, ...sent(12, 'service'), surfaced, atRest]);
    expect(witnessesOf(noLazyUnknown, history)).toEqual([['attempt', 'accept', 'row']]);
  });

  test('L4 is violated by doubt that was resolved later', () => {
    const resolved = at(900, authority('u1', { holder: 'service', state: 'SENT' }));
    expect(said(begun, ...sent(12, 'service'), surfaced, resolved).found).toHaveLength(1);
  });

  test('L4 does not judge doubt with a cause, a message that was never sent, and a run without quiescence', () => {
    expect(saidUnder(lost, begun, ...sent(12, 'service'), surfaced)).toEqual(silent);
    expect(said()).toEqual(silent);
    expect(runChecker(noLazyUnknown, historyOf({}, [entered, begun, surfaced]))).toEqual(silent);
  });

  test('L4 is violated by doubt beside a fault that cannot cause it', () => {
    const { found } = saidUnder({ ...lost, outcome: 'reject' }, begun, ...sent(12, 'service'), surfaced);
    expect(found).toHaveLength(1);
  });

  test('L4 looks for a cause from the commit that begins the send, and not from a claim', () => {
    const late = (ms: number, state: string) => at(ms, authority('u1', { holder: 'service', state }));
    expect(saidUnder(lost, begun, ...sent(2_002, 'service'), late(2_010, 'UNKNOWN'))).toEqual(silent);
    const afterwards = [late(2_000, 'SENDING'), ...sent(2_002, 'service'), late(2_010, 'UNKNOWN')];
    expect(saidUnder(lost, claimed, ...afterwards).found).toHaveLength(1);
  });

  test('L4 looks for a cause until the send has ended', () => {
    const later = lostBetween(500, 600);
    const tried = sent(12, 'service');
    const surfacedLate = at(2_000, authority('u1', { holder: 'service', state: 'UNKNOWN' }));
    const sendingStill = at(20, authority('u1', { holder: 'service', epoch: 2 }));
    expect(saidUnder(later, claimed, begun, ...tried, surfacedLate)).toEqual(silent);
    expect(saidUnder(later, begun, ...tried, sendingStill, surfacedLate)).toEqual(silent);
    expect(saidUnder(later, claimed, ...tried, logged(2_000, 'unknown'))).toEqual(silent);
    expect(saidUnder(later, claimed, begun, ...tried, isSent, logged(2_000, 'unknown')).found).toHaveLength(1);
    expect(saidUnder(later, begun, ...tried, isSent, logged(2_000, 'accepted'))).toEqual(held);
    expect(saidUnder(later, ...tried, logged(30, 'accepted'))).toEqual(held);
  });
});
