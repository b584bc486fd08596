import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import { at, authority, entry, historyOf, logRow, nemesis, quiescent, row, sent } from '../history/history.fixture.ts';
import { runChecker } from './checker.fixture.ts';
import { noLazyUnknown } from './no-lazy-unknown.ts';

const entered = at(1, entry('c1#1', 'u1'));
const atRest = at(9_000, quiescent);
const begun = at(10, authority('u1', { holder: 'service' }));
const surfaced = at(30, authority('u1', { holder: 'service', state: 'UNKNOWN' }));
const said = (...events: Observation[]) => runChecker(noLazyUnknown, historyOf({}, [entered, ...events, atRest]));
const saidUnder = (fault: Fault, ...events: Observation[]) =>
  runChecker(
    noLazyUnknown,
    historyOf({ faults: [fault] }, [
      entered,
      at(5, nemesis({ applied: 0 })),
      at(25, nemesis({ healed: 0 })),
      ...events,
      atRest,
    ]),
  );
const lost: Fault = {
  kind: 'provider',
  system: 'service',
  outcome: 'accept-lose-reply',
  delayMs: 0,
  fromMs: 5,
  untilMs: 25,
};
const silent = { exercised: 0, found: [], undecided: [] };

describe('L4 NoLazyUnknown', () => {
  test('holds for a message that nothing left in doubt and that came to an end', () => {
    const ended = at(30, authority('u1', { holder: 'service', state: 'SENT' }));
    expect(said(begun, ...sent(12, 'service'), ended)).toEqual({ exercised: 1, found: [], undecided: [] });
  });

  test('is violated by doubt without a cause, in the authority or in either log', () => {
    const found = (table: string): string[] => [`c1#1 ended as unknown in ${table}, and nothing had left it in doubt`];
    expect(said(begun, ...sent(12, 'service'), surfaced).found).toEqual(found('send_authority'));
    expect(said(...sent(12, 'service'), at(30, logRow('u1', { status: 'unknown' }))).found).toEqual(found('sms_logs'));
    const own = row('go_sms_logs', { role: 'service_role', after: { message_uuid: 'u1', status: 'unknown' } });
    expect(said(...sent(12, 'service'), at(30, own)).found).toEqual(found('go_sms_logs'));
  });

  test('is violated by doubt that was resolved later', () => {
    const resolved = at(900, authority('u1', { holder: 'service', state: 'SENT' }));
    expect(said(begun, ...sent(12, 'service'), surfaced, resolved).found).toHaveLength(1);
  });

  test('says nothing of doubt with a cause, of a message that was never sent, and of a run that has not come to rest', () => {
    expect(saidUnder(lost, begun, ...sent(12, 'service'), surfaced)).toEqual(silent);
    expect(said()).toEqual(silent);
    expect(runChecker(noLazyUnknown, historyOf({}, [entered, begun, surfaced]))).toEqual(silent);
  });

  test('is violated by doubt beside a fault that leaves none', () => {
    const { found } = saidUnder({ ...lost, outcome: 'reject' }, begun, ...sent(12, 'service'), surfaced);
    expect(found).toHaveLength(1);
  });
});
