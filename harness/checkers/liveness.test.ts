import { describe, expect, test } from 'vitest';
import type { Fault } from '../formats/fault.ts';
import type { Observation } from '../formats/event.ts';
import {
  accept,
  at,
  attempt,
  callFailed,
  entry,
  historyOf,
  logRow,
  nemesis,
  quiescent,
  request,
  row,
  sent,
} from '../history/history.fixture.ts';
import { noFaultNoDoubt, terminal } from './liveness.ts';
import { runChecker } from './checker.fixture.ts';

const atRest = at(3_000, quiescent);
const entered = at(1, entry('c1#1', 'u1'));
const logged = (status: string) => at(20, logRow('u1', { status }));

const end = (...events: Observation[]) => runChecker(terminal, historyOf({}, [entered, ...events]));
const doubt = (faults: Fault[], ...events: Observation[]) =>
  runChecker(noFaultNoDoubt, historyOf({ faults }, [entered, ...events]));

describe('L1 Terminal', () => {
  test('L1 holds for a message that was sent, was not sent, or ended as unknown', () => {
    const held = { exercised: 1, found: [], undecided: [] };
    expect(end(...sent(10, 'service'), logged('accepted'), atRest)).toEqual(held);
    expect(end(logged('rejected'), atRest)).toEqual(held);
    expect(end(logged('unknown'), atRest)).toEqual(held);
    expect(end(...sent(10, 'service'), logged('unknown'), atRest)).toEqual(held);
  });

  test.each<[string, Observation[]]>([
    ['c1#1 is lost: it was not sent, and no record says so', []],
    ['c1#1 is lost: it was not sent, and no record says so', [logged('in_progress')]],
    ['c1#1 was sent and has no final row in sms_logs', sent(10, 'service')],
    ['c1#1 is lost: sms_logs says it was duplicate, and it was never sent', [logged('duplicate')]],
    ['c1#1 was sent, and sms_logs says it was rejected', [...sent(10, 'service'), logged('rejected')]],
  ])('L1 is violated: %s', (message, events) => {
    expect(end(...events, atRest).found).toEqual([message]);
  });

  test('L1 ignores what the rig tampered with', () => {
    const gone = row('sms_logs', { operation: 'delete', before: { message_uuid: 'u1' }, role: 'rig_role' });
    expect(end(...sent(10, 'service'), logged('accepted'), atRest, at(3_001, gone)).found).toEqual([]);
  });

  test('L1 counts no item that never became a message', () => {
    expect(runChecker(terminal, historyOf({}, [atRest]))).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('L1 is undecided before quiescence, and while the provider has not answered', () => {
    expect(end()).toEqual({ exercised: 0, found: [], undecided: [expect.any(String)] });
    expect(end(at(10, attempt('service', 'c1#1', 'a')), atRest)).toMatchObject({
      found: [],
      undecided: [expect.any(String)],
    });
  });

  test('L1 is violated by a message that was sent and not logged, even while another attempt has no outcome', () => {
    const open = at(30, attempt('service', 'c1#1', 'open'));
    expect(end(...sent(10, 'service'), open, atRest)).toMatchObject({ found: [expect.any(String)], undecided: [] });
  });
});

describe('L2 NoFaultNoDoubt', () => {
  const latency: Fault = { kind: 'latency', stream: 'upstream', latencyMs: 700, jitterMs: 0, fromMs: 0, untilMs: 900 };

  test('L2 holds when an undisturbed message is sent once', () => {
    expect(doubt([], ...sent(10, 'service'), logged('accepted'), atRest)).toEqual({
      exercised: 1,
      found: [],
      undecided: [],
    });
  });

  test('L2 is violated by doubt, loss and repetition without a fault', () => {
    expect(doubt([], ...sent(10, 'service'), logged('unknown'), atRest).found).toEqual([
      'no fault touched c1#1, and it ended as unknown',
    ]);
    expect(doubt([], logged('rejected'), atRest).found).toEqual(['no fault touched c1#1, and it was never sent']);
    expect(doubt([], ...sent(10, 'service'), ...sent(30, 'legacy'), atRest).found).toEqual([
      'no fault touched c1#1, and it was sent twice',
    ]);
  });

  test('L2 is not exercised where a fault took effect or may have done so', () => {
    const applied = [at(0, nemesis({ applied: 0 })), at(900, nemesis({ healed: 0 }))];
    const disturbed = at(5, request('front', 'f', { uuids: ['u1'] }));
    expect(doubt([latency], ...applied, disturbed, logged('unknown'), atRest)).toEqual({
      exercised: 0,
      found: [],
      undecided: [],
    });
    expect(doubt([latency], ...applied, logged('unknown'), atRest).exercised).toBe(0);
  });

  test('L2 is not exercised where a process was killed before the message ended', () => {
    const crash: Fault = { kind: 'crash', process: 'service', atMs: 900, restartAfterMs: 100 };
    const killed = [at(900, nemesis({ crash: 'service' })), at(950, nemesis({ restart: 'service' }))];
    expect(doubt([crash], ...killed, atRest).exercised).toBe(0);
    expect(doubt([crash], ...killed, at(1_000, logRow('u1', { status: 'unknown' })), atRest).exercised).toBe(0);
    expect(doubt([crash], ...sent(10, 'service'), logged('unknown'), ...killed, atRest).found).toHaveLength(1);
  });

  test('L2 judges each message by its own distance from the fault', () => {
    const killed = [at(100, nemesis({ crash: 'service' })), at(200, nemesis({ restart: 'service' }))];
    const crash: Fault = { kind: 'crash', process: 'service', atMs: 100, restartAfterMs: 100 };
    const laterAt = (ms: number) =>
      runChecker(
        noFaultNoDoubt,
        historyOf({ messages: 2, faults: [crash] }, [
          entered,
          logged('unknown'),
          ...killed,
          at(ms, entry('c1#2', 'u2')),
          at(ms + 10, logRow('u2', { status: 'rejected' })),
          atRest,
        ]),
      );
    expect(laterAt(1_200)).toMatchObject({ exercised: 1, found: [expect.stringContaining('c1#1')] });
    expect(laterAt(1_201)).toMatchObject({
      exercised: 2,
      found: [expect.any(String), expect.stringContaining('c1#2')],
    });
  });

  test('L2 does not excuse a system by a crash that the rig did not cause', () => {
    const died = { observer: 'nemesis', kind: 'crash', process: 'legacy', expected: false } as const;
    expect(doubt([], at(5, died), logged('unknown'), atRest).found).toHaveLength(1);
  });

  test('L2 is not exercised before quiescence', () => {
    expect(doubt([], logged('unknown'))).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('L2 leaves it to L1 that a message was not logged', () => {
    expect(doubt([], ...sent(10, 'service'), atRest)).toEqual({ exercised: 1, found: [], undecided: [] });
  });

  test('L2 is not exercised by a message that was still on its way when a fault was applied', () => {
    const later: Fault = { ...latency, fromMs: 500, untilMs: 900 };
    const applied = [at(500, nemesis({ applied: 0 })), at(900, nemesis({ healed: 0 }))];
    const early = [at(10, attempt('service', 'c1#1', 'a')), logged('unknown')];
    expect(doubt([later], ...applied, ...early, at(600, accept('service', 'c1#1', 'a')), atRest).exercised).toBe(0);
    const call = [
      at(5, request('front', 'f', { uuids: ['u1'] })),
      at(600, callFailed('front', 'f', { by: 'server', elapsedMs: 595 })),
    ];
    expect(doubt([later], ...applied, ...sent(10, 'service'), logged('unknown'), ...call, atRest).exercised).toBe(0);
    expect(doubt([later], ...applied, ...sent(10, 'service'), logged('unknown'), atRest).found).toHaveLength(1);
  });
});
