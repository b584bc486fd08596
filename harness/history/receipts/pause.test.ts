import { describe, expect, test } from 'vitest';
import type { Fault } from '../../formats/fault.ts';
import type { Observation } from '../../formats/event.ts';
import {
  answer,
  at,
  attempt,
  during,
  entry,
  historyOf,
  log,
  logRow,
  nemesis,
  request,
  row,
  trigger,
} from '../history.fixture.ts';
import { receipts } from '../receipts.ts';

const pause: Fault = { kind: 'pause', process: 'legacy', lastsMs: 700, fromMs: 0, untilMs: 2_000 };
const STOPPED = [at(21, nemesis({ applied: 0 })), at(721, nemesis({ healed: 0 }))];
const settled = (ms: number): Observation => at(ms, logRow('u1', { status: 'accepted' }));

/** The receipt of a run in which the service's answer passes the front tap at `answeredMs`. */
function receiptOf(events: readonly Observation[], faults: readonly Fault[] = [pause], answeredMs = 20) {
  const call = [
    at(10, request('front', 'front-1', { uuids: ['u1'] })),
    at(answeredMs, answer('front', 'front-1', { elapsedMs: answeredMs - 10 })),
  ];
  const [receipt] = receipts(historyOf({ faults }, [at(0, trigger()), at(1, entry('c1#1', 'u1')), ...call, ...events]));
  if (receipt === undefined) throw new Error('one receipt expected');
  return receipt;
}

describe('the receipt of a pause', () => {
  test.each<[string, Observation[], string]>([
    ['took effect when the next row comes as late as the pause lasts', [...STOPPED, settled(723)], 'bit'],
    [
      'took effect when the next request comes as late as the pause lasts',
      [...STOPPED, at(730, request('front', 'front-2', { uuids: ['u1'] }))],
      'bit',
    ],
    [
      'took effect when the next send comes as late as the pause lasts',
      [...STOPPED, at(730, attempt('legacy', 'c1#1', 'a'))],
      'bit',
    ],
    [
      'took effect when the next line comes as late as the pause lasts',
      [...STOPPED, during(690, 740, log('legacy', 'settled'))],
      'bit',
    ],
    ['leaves out what began before the answer', [...STOPPED, during(15, 722, settledBetween()), settled(724)], 'bit'],
    ['leaves out what the service does', [...STOPPED, ofService(300), settled(724)], 'bit'],
    ['is idle when the process had acted before it was stopped', [settled(20.5), ...STOPPED, settled(724)], 'idle'],
    ['is idle when a line may have been written before', [...STOPPED, during(5, 55, log('legacy', 'a'))], 'idle'],
    ['is idle when the process has nothing more to do', STOPPED, 'idle'],
    [
      'is idle when its window ended during the pause',
      [at(21, nemesis({ applied: 0 })), at(300, nemesis({ healed: 0 })), settled(301)],
      'idle',
    ],
    ['is missing when the process acts in the middle of it', [...STOPPED, settled(400), settled(724)], 'missing'],
  ])('the receipt of a pause: %s', (...[, events, state]) => {
    expect(receiptOf(events).state).toBe(state);
  });

  test('the receipt of a pause has the answer, the pause and the next act as its witnesses', () => {
    expect(receiptOf([...STOPPED, settled(723)]).witnesses).toHaveLength(4);
  });

  test('the receipt of a pause is idle when no answer passed that had to stop the process', () => {
    expect(receiptOf([], [{ ...pause, untilMs: 15 }]).state).toBe('idle');
    expect(receiptOf([], [pause], 100).state).toBe('idle');
  });

  test('the receipt of a pause is missing when an answer certainly passed in the window and the process was not stopped', () => {
    expect(receiptOf([], [pause], 500).state).toBe('missing');
  });

  test('the receipt of a pause is idle when another pause of the process may have been first', () => {
    expect(receiptOf([], [pause, pause], 500).state).toBe('idle');
  });
});

function settledBetween() {
  return logRow('u0', { status: 'accepted' });
}

function ofService(ms: number): Observation {
  return at(ms, row('go_sms_logs', { after: { message_uuid: 'u1' }, role: 'service_role' }));
}
