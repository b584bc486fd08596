import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import {
  accept,
  answer,
  at,
  attempt,
  authority,
  entry,
  historyOf,
  logRow,
  nemesis,
  providerFault,
  quiescent,
  reject,
  request,
  row,
  sent,
} from '../history/history.fixture.ts';
import { runChecker, witnessesOf } from './checker.fixture.ts';
import { truthfulTerminal } from './truthful-terminal.ts';

const entered = at(1, entry('c1#1', 'u1'));
const said = (...events: Observation[]) =>
  runChecker(truthfulTerminal, historyOf({}, [entered, ...events, at(3_000, quiescent)]));
const reported = (result: string, dryRun = false): Observation[] => [
  at(20, request('back', 'b', { uuids: ['u1'], dryRun })),
  at(25, answer('back', 'b', { elapsedMs: 5, result })),
];
const goLog = (status: string, dryRun = false): Observation =>
  at(30, row('go_sms_logs', { role: 'service_role', after: { message_uuid: 'u1', status, dry_run: dryRun } }));
const log = (status: string, ms = 30): Observation => at(ms, logRow('u1', { status }));
const authorityAt = (ms: number, state: string): Observation => at(ms, authority('u1', { holder: 'service', state }));
/** The same while replies of the service's provider are lost. */
const saidWhileLost = ([fromMs, untilMs]: readonly [number, number], ...events: Observation[]) => {
  const lost = providerFault({ outcome: 'accept-lose-reply', fromMs, untilMs });
  const inForce = [at(fromMs, nemesis({ applied: 0 })), at(untilMs, nemesis({ healed: 0 }))];
  return runChecker(
    truthfulTerminal,
    historyOf({ faults: [lost] }, [entered, ...inForce, ...events, at(9_000, quiescent)]),
  );
};

describe('S12 TruthfulTerminal', () => {
  test('S12 holds for a message that is accepted and reported as accepted, and for one that is rejected and reported as rejected', () => {
    const held = { exercised: 1, found: [], undecided: [] };
    expect(said(...reported('accepted'), ...sent(22, 'service'), goLog('accepted'), log('accepted'))).toEqual(held);
    expect(said(...reported('rejected'), goLog('failed'), log('rejected'))).toEqual(held);
  });

  test('S12 does not judge statuses that are not terminal, nor rehearsals', () => {
    const silent = { exercised: 0, found: [], undecided: [] };
    expect(said(...reported('in_progress'), goLog('pending'), log('unknown'))).toEqual(silent);
    expect(said(...reported('accepted', true), goLog('accepted', true))).toEqual(silent);
  });

  test('S12 is violated by a rejection of a message that the provider accepted from either system, in any place', () => {
    const lie = (place: string): string[] => [`c1#1 is rejected in ${place}, and the provider had accepted it`];
    expect(said(...reported('rejected'), ...sent(10, 'legacy')).found).toEqual(lie('an answer'));
    expect(said(...reported('failed'), ...sent(40, 'service')).found).toEqual(lie('an answer'));
    expect(said(goLog('rejected'), ...sent(10, 'service')).found).toEqual(lie('go_sms_logs'));
    expect(said(log('failed'), ...sent(10, 'service')).found).toEqual(lie('sms_logs'));
  });

  test('S12 is violated by an acceptance of a message that the provider never accepted', () => {
    const lie = 'c1#1 is accepted in an answer and go_sms_logs, and the provider never accepted it';
    expect(said(...reported('accepted'), goLog('accepted'))).toEqual({ exercised: 1, found: [lie], undecided: [] });
  });

  test('S12 is violated by the word unknown for an outcome that is known from the provider, the authority or the ledger', () => {
    const lie = (truth: string): string[] => [
      `c1#1 is unknown in an answer, ${truth}, and nothing had left it in doubt`,
    ];
    const settled = (state: string): Observation => at(15, authority('u1', { holder: 'service', state }));
    const released = row('quota_ledger', { role: 'legacy_role', after: { message_uuid: 'u1', state: 'released' } });
    expect(said(...reported('unknown'), ...sent(10, 'service')).found).toEqual(lie('the provider had accepted it'));
    const refused = [at(10, attempt('service', 'c1#1', 'a')), at(11, reject('service', 'c1#1', 'a'))];
    expect(said(...reported('unknown'), ...refused).found).toEqual(lie('the provider had refused it'));
    expect(said(...reported('unknown'), settled('SENT')).found).toEqual(lie('send_authority says SENT'));
    expect(said(...reported('unknown'), settled('NOT_SENT')).found).toEqual(lie('send_authority says NOT_SENT'));
    expect(said(...reported('unknown'), at(90, released)).found).toEqual(lie('quota_ledger says released'));
  });

  test('S12 is violated by the word unknown in a log, beside the true word in an answer', () => {
    const found = ['c1#1 is unknown in sms_logs, the provider had accepted it, and nothing had left it in doubt'];
    expect(said(...reported('accepted'), ...sent(10, 'service'), log('unknown'))).toMatchObject({
      exercised: 2,
      found,
    });
  });

  test('S12 does not judge doubt that cannot be resolved, or that a fault or a slow provider caused', () => {
    const silent = { exercised: 0, found: [], undecided: [] };
    expect(said(...reported('unknown'), at(15, authority('u1', { holder: 'service', state: 'UNKNOWN' })))).toEqual(
      silent,
    );
    const late = [at(10, attempt('service', 'c1#1', 'a')), at(1_010, accept('service', 'c1#1', 'a'))];
    expect(said(...reported('unknown'), ...late)).toEqual(silent);
  });

  test('S12 shows the places that say unknown, and the events that show the outcome', () => {
    const history = historyOf({}, [entered, ...reported('unknown'), ...sent(10, 'service'), at(3_000, quiescent)]);
    expect(witnessesOf(truthfulTerminal, history)).toEqual([['accept', 'answer']]);
  });

  test('S12 excuses doubt by faults from the beginning of the send to the last event that says unknown', () => {
    const { undecided, ...clear } = saidWhileLost([500, 600], ...sent(10, 'service'), log('unknown'));
    expect([clear.found.length, undecided]).toEqual([1, []]);
    const later = [...sent(10, 'service'), ...reported('unknown'), log('unknown', 2_000)];
    expect(saidWhileLost([500, 600], ...later).found).toEqual([]);
    const [begun, ended] = [sent(2_002, 'service'), log('unknown', 2_010)];
    expect(
      saidWhileLost([5, 25], authorityAt(8, 'CLAIMED'), authorityAt(2_000, 'SENDING'), ...begun, ended).found,
    ).toHaveLength(1);
    expect(saidWhileLost([5, 25], authorityAt(10, 'SENDING'), ...begun, ended).found).toEqual([]);
    expect(saidWhileLost([5, 25], ...begun, ended).found).toHaveLength(1);
    expect(saidWhileLost([5, 25], authorityAt(2_000, 'NOT_SENT'), ended).found).toEqual([]);
  });

  test('S12 is undecided about doubt in a run without quiescence, and about doubt of an unknown message', () => {
    const early = runChecker(
      truthfulTerminal,
      historyOf({}, [entered, ...reported('unknown'), ...sent(10, 'service')]),
    );
    expect(early).toMatchObject({ exercised: 0, found: [], undecided: [expect.any(String)] });
    expect(said(at(30, logRow('u9', { status: 'unknown' })))).toMatchObject({ undecided: [expect.any(String)] });
  });

  test('S12 is violated by one of two statuses that contradict each other', () => {
    expect(said(...reported('rejected'), ...sent(10, 'service'), log('accepted'))).toMatchObject({
      exercised: 2,
      found: ['c1#1 is rejected in an answer, and the provider had accepted it'],
    });
  });

  test('S12 ignores what the rig tampered with', () => {
    const tampered = row('go_sms_logs', { after: { message_uuid: 'u1', status: 'rejected' }, role: 'rig_role' });
    expect(said(...sent(10, 'service'), at(30, tampered))).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('S12 judges an accepted message before quiescence', () => {
    const early = (status: string) =>
      runChecker(truthfulTerminal, historyOf({}, [entered, ...sent(10, 'service'), ...reported(status)]));
    expect(early('accepted')).toEqual({ exercised: 1, found: [], undecided: [] });
    expect(early('rejected').found).toHaveLength(1);
  });

  test('S12 is undecided while an acceptance may still come, and for a uuid that belongs to no message', () => {
    for (const status of ['accepted', 'rejected']) {
      const early = runChecker(truthfulTerminal, historyOf({}, [entered, ...reported(status)]));
      expect(early).toMatchObject({ exercised: 0, found: [], undecided: [expect.any(String)] });
    }
    const stranger = at(30, logRow('u9', { status: 'rejected' }));
    expect(said(stranger)).toMatchObject({ exercised: 0, found: [], undecided: [expect.any(String)] });
  });
});
