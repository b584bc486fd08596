import { describe, expect, test } from 'vitest';
import type { FaultOf } from '../faults/catalogue.ts';
import type { Fault } from '../formats/fault.ts';
import type { Observation } from '../formats/event.ts';
import {
  accept,
  answer,
  at,
  attempt,
  breaker,
  callFailed,
  during,
  entry,
  type Happening,
  historyOf,
  log,
  logRow,
  nemesis,
  providerError,
  providerFault,
  quiescent,
  reject,
  repeat,
  request,
  row,
  sent,
  trigger,
} from './history.fixture.ts';
import { receipts } from './receipts.ts';
import { VANTAGES } from '../formats/vantages.ts';

const window = { fromMs: 0, untilMs: 2_000 };
const latency = (stream: 'upstream' | 'downstream'): Fault => ({
  kind: 'latency',
  stream,
  latencyMs: 700,
  jitterMs: 50,
  ...window,
});
const provider = (outcome: FaultOf<'provider'>['outcome'], delayMs = 0) =>
  providerFault({ outcome, delayMs, ...window });
const entered = at(1, entry('c1#1', 'u1'));
const asked = (ms: number, tap: 'front' | 'back'): Observation => at(ms, request(tap, `${tap}-1`, { uuids: ['u1'] }));
const answered = (ms: number, tap: 'front' | 'back'): Observation =>
  at(ms, answer(tap, `${tap}-1`, { elapsedMs: ms - 10 }));
const gaveUp = (ms: number, tap: 'front' | 'back' = 'front'): Observation =>
  at(ms, callFailed(tap, `${tap}-1`, { by: 'client', elapsedMs: ms - 10 }));
const broke = (ms: number): Observation => at(ms, callFailed('front', 'front-1', { by: 'server', elapsedMs: ms - 10 }));

/** The state of the one fault of a run; it is applied at 0 and healed at 2,000 ms unless the events say otherwise. */
function stateOf(fault: Fault, events: readonly Observation[], applied: readonly Observation[] = WHOLE): string {
  const [receipt] = receipts(historyOf({ faults: [fault] }, [...applied, entered, ...events]));
  if (receipt === undefined) throw new Error('one receipt expected');
  expect(receipt.state === 'idle' || receipt.witnesses.length > 0).toBe(true);
  return receipt.state;
}

const WHOLE = [at(0, nemesis({ applied: 0 })), at(2_000, nemesis({ healed: 0 }))];

describe('receipts of the network', () => {
  test.each<[string, Fault, Observation[], string]>([
    ['a late request', latency('upstream'), [asked(10, 'front'), gaveUp(510), asked(700, 'back')], 'bit'],
    ['a request that never arrives', latency('upstream'), [asked(10, 'front'), gaveUp(510)], 'bit'],
    ['a prompt request', latency('upstream'), [asked(10, 'front'), asked(11, 'back'), gaveUp(510)], 'missing'],
    ['no call', latency('upstream'), [], 'idle'],
    [
      'a late answer',
      latency('downstream'),
      [asked(10, 'front'), asked(11, 'back'), answered(20, 'back'), answered(690, 'front')],
      'bit',
    ],
    [
      'an answer after the caller had given up',
      latency('downstream'),
      [asked(10, 'front'), asked(11, 'back'), answered(20, 'back'), gaveUp(510)],
      'bit',
    ],
    [
      'a prompt answer',
      latency('downstream'),
      [asked(10, 'front'), asked(11, 'back'), answered(20, 'back'), answered(21, 'front')],
      'missing',
    ],
    [
      'a service that does not answer',
      latency('downstream'),
      [asked(10, 'front'), asked(11, 'back'), gaveUp(510)],
      'idle',
    ],
    [
      'a swallowed request',
      { kind: 'blackhole', stream: 'upstream', ...window },
      [asked(10, 'front'), gaveUp(510)],
      'bit',
    ],
    [
      'a request that passes',
      { kind: 'blackhole', stream: 'upstream', ...window },
      [asked(10, 'front'), asked(11, 'back')],
      'missing',
    ],
    [
      'a swallowed answer',
      { kind: 'blackhole', stream: 'downstream', ...window },
      [asked(10, 'front'), asked(11, 'back'), answered(20, 'back'), gaveUp(510)],
      'bit',
    ],
    [
      'a swallowed answer of a service that closes its connections',
      { kind: 'blackhole', stream: 'downstream', ...window },
      [asked(10, 'front'), asked(11, 'back'), answered(20, 'back'), broke(21)],
      'bit',
    ],
    [
      'an answer that passes',
      { kind: 'blackhole', stream: 'downstream', ...window },
      [asked(10, 'front'), asked(11, 'back'), answered(20, 'back'), answered(21, 'front')],
      'missing',
    ],
    [
      'a reset before the request',
      { kind: 'reset', stream: 'upstream', ...window },
      [asked(10, 'front'), broke(12)],
      'bit',
    ],
    [
      'a reset after the request',
      { kind: 'reset', stream: 'downstream', ...window },
      [asked(10, 'front'), asked(11, 'back'), answered(20, 'back'), broke(21)],
      'bit',
    ],
    [
      'a break before any request, for a reset of answers',
      { kind: 'reset', stream: 'downstream', ...window },
      [asked(10, 'front'), broke(12)],
      'idle',
    ],
    [
      'a whole call',
      { kind: 'reset', stream: 'upstream', ...window },
      [asked(10, 'front'), asked(11, 'back'), answered(20, 'back'), answered(21, 'front')],
      'missing',
    ],
    [
      'a cut answer',
      { kind: 'cut', stream: 'downstream', bytes: 40, ...window },
      [asked(10, 'front'), asked(11, 'back'), answered(20, 'back'), broke(21)],
      'bit',
    ],
    [
      'an uncut answer',
      { kind: 'cut', stream: 'downstream', bytes: 40, ...window },
      [asked(10, 'front'), asked(11, 'back'), answered(20, 'back'), answered(21, 'front')],
      'missing',
    ],
    [
      'an answer shorter than the cut',
      { kind: 'cut', stream: 'downstream', bytes: 9_000, ...window },
      [asked(10, 'front'), asked(11, 'back'), answered(20, 'back'), answered(21, 'front')],
      'idle',
    ],
  ])('receipts of the network: %s', (...[, fault, events, state]) => {
    expect(stateOf(fault, events)).toBe(state);
  });

  test('receipts of the network do not count a call under way before the window against the fault', () => {
    const applied = [at(15, nemesis({ applied: 0 })), at(2_000, nemesis({ healed: 0 }))];
    expect(stateOf(latency('upstream'), [asked(10, 'front'), asked(11, 'back')], applied)).toBe('idle');
  });

  test('receipts of the network do not demand a delay that outlasts the window', () => {
    const applied = [at(0, nemesis({ applied: 0 })), at(300, nemesis({ healed: 0 }))];
    expect(stateOf(latency('upstream'), [asked(10, 'front'), asked(300, 'back')], applied)).toBe('idle');
  });

  test('receipts of the network call a fault missing that the nemesis never applied', () => {
    expect(stateOf(latency('upstream'), [asked(10, 'front'), asked(11, 'back')], [])).toBe('missing');
  });

  test('receipts of the network demand nothing while a second network fault is in force', () => {
    const history = historyOf(
      { faults: [latency('upstream'), { kind: 'cut', stream: 'upstream', bytes: 1, ...window }] },
      [...WHOLE, entered, asked(10, 'front'), asked(11, 'back')],
    );
    expect(receipts(history).map((receipt) => [receipt.kind, receipt.state])).toEqual([
      ['latency upstream', 'idle'],
      ['cut upstream', 'idle'],
    ]);
  });

  test('receipts of the network do not call a fault missing because one of two equal calls was lost', () => {
    const history = historyOf({ faults: [latency('upstream')] }, [
      ...WHOLE,
      at(10, request('front', 'front-1', { uuids: ['u1'] })),
      at(600, request('front', 'front-2', { uuids: ['u1'] })),
      at(601, request('back', 'back-1', { uuids: ['u1'] })),
    ]);
    expect(receipts(history)[0]?.state).toBe('bit');
  });
});

describe('receipts of refused connections', () => {
  const refuse: Fault = { kind: 'refuse', ...window };
  test.each<[string, Observation[], string]>([
    ['a fallback without a call', [at(20, trigger()), ...sent(30, 'legacy')], 'bit'],
    ['a fallback line', [at(30, log('legacy', 'LEGACY_SEND_FALLBACK_ON_MODE u1'))], 'bit'],
    ['a failure counted by the breaker', [at(30, breaker('CLOSED', { failures: 1 }))], 'bit'],
    ['an answered call', [asked(20, 'front'), answered(30, 'front'), ...sent(25, 'service')], 'missing'],
    [
      'an answered call, although others failed',
      [asked(20, 'front'), answered(30, 'front'), at(40, breaker('OPEN'))],
      'missing',
    ],
    ['nothing at all', [], 'idle'],
  ])('receipts of refused connections: %s', (_, events, state) => {
    expect(stateOf(refuse, events)).toBe(state);
  });

  test.each<[string, Observation[], string]>([
    ['an attempt without a call', [], 'bit'],
    ['an attempt with a call', [asked(20, 'front')], 'idle'],
  ])('receipts of refused connections, for a message with an unknown uuid: %s', (_, events, state) => {
    const vantages = VANTAGES.filter((vantage) => vantage !== 'identity');
    const options = { faults: [refuse], mode: 'ON', bindings: [], changes: { vantages } };
    const history = historyOf(options, [...WHOLE, at(5, trigger()), ...events, ...sent(30, 'legacy')]);
    expect(receipts(history)[0]?.state).toBe(state);
  });
});

describe('receipts of the provider', () => {
  test.each<[string, Fault, Observation[], string]>([
    [
      'a slow acceptance',
      provider('slow', 600),
      [at(10, attempt('service', 'c1#1', 'a')), at(615, accept('service', 'c1#1', 'a'))],
      'bit',
    ],
    ['a prompt acceptance', provider('slow', 600), sent(10, 'service'), 'missing'],
    ['an attempt of the other system', provider('slow', 600), sent(10, 'legacy'), 'idle'],
    [
      'a rejection',
      provider('reject'),
      [at(10, attempt('service', 'c1#1', 'a')), at(11, reject('service', 'c1#1', 'a'))],
      'bit',
    ],
    ['an acceptance to be rejected', provider('reject'), sent(10, 'service'), 'missing'],
    [
      'an error',
      provider('error-not-accepted'),
      [at(10, attempt('service', 'c1#1', 'a')), at(11, providerError('service', 'c1#1', 'a'))],
      'bit',
    ],
    ['an acceptance to be dropped', provider('error-not-accepted'), sent(10, 'service'), 'missing'],
    ['a reply that did not arrive', provider('accept-lose-reply'), sent(10, 'service'), 'bit'],
    [
      'a reply that was read',
      provider('accept-lose-reply'),
      [...sent(10, 'service'), at(20, logRow('u1', { status: 'accepted', id: 'SM-c1#1-service-10' }))],
      'missing',
    ],
    ['an error after the acceptance', provider('error-accepted'), sent(10, 'service'), 'bit'],
  ])('receipts of the provider: %s', (...[, fault, events, state]) => {
    expect(stateOf(fault, events)).toBe(state);
  });

  test('receipts of the provider do not count an attempt at the edge of the window or after it against the fault', () => {
    expect(stateOf(provider('reject'), sent(2_500, 'service'))).toBe('idle');
    const applied = [during(5, 15, nemesis({ applied: 0 })), at(2_000, nemesis({ healed: 0 }))];
    expect(stateOf(provider('reject'), sent(10, 'service'), applied)).toBe('idle');
  });

  test('receipts of the provider demand nothing while a second provider fault of the same system is in force', () => {
    const history = historyOf({ faults: [provider('reject'), provider('slow', 600)] }, [
      ...WHOLE,
      ...sent(10, 'service'),
    ]);
    expect(receipts(history).map((receipt) => receipt.state)).toEqual(['idle', 'idle']);
  });
});

describe('receipts of the rig’s own actions', () => {
  const crash: Fault = { kind: 'crash', process: 'legacy', atMs: 100, restartAfterMs: 100 };
  const terminate: Fault = { kind: 'terminate', process: 'legacy', atMs: 100, graceMs: 200, restartAfterMs: 100 };
  const redelivery: Fault = { kind: 'redelivery', campaign: 'c1', atMs: 100 };
  const again: Fault = { kind: 'repeat', item: 'c1#1', changes: 'text', afterMs: 0 };
  const open: Fault = { kind: 'breaker-open', breaker: 'live', fromMs: 0 };
  const blank: Fault = { kind: 'missing-uuid', item: 'c1#2' };
  const tamper: Fault = { kind: 'tamper', mismatch: 'missing_in_go', item: 'c1#1' };
  const goRow = row('go_sms_logs', { after: { message_uuid: 'u1', dry_run: false }, role: 'service_role' });
  const reconciliation: Happening = { observer: 'rig', kind: 'reconciliation', mismatches: [] };

  test.each<[string, Fault, Observation[], string]>([
    [
      'a killed process',
      crash,
      [at(100, nemesis({ crash: 'legacy' })), at(200, nemesis({ restart: 'legacy' }))],
      'bit',
    ],
    [
      'a process that ended when it was asked to',
      terminate,
      [
        at(100, nemesis({ terminate: 'legacy' })),
        at(120, nemesis({ exit: 'legacy' })),
        at(400, nemesis({ restart: 'legacy' })),
      ],
      'bit',
    ],
    [
      'a process that was killed after its grace period',
      terminate,
      [at(100, nemesis({ terminate: 'legacy' })), at(300, nemesis({ exit: 'legacy', isKilled: true }))],
      'bit',
    ],
    ['a process that was not asked to end', terminate, [at(3_000, quiescent)], 'missing'],
    ['a process that was down when it was asked', terminate, [at(100, nemesis({ terminate: 'legacy' }))], 'idle'],
    ['a process that was not killed', crash, [at(3_000, quiescent)], 'missing'],
    ['a run that ended before', crash, [], 'idle'],
    ['a second trigger', redelivery, [at(1, trigger()), at(100, trigger('c1', 2))], 'bit'],
    ['no second trigger', redelivery, [at(1, trigger()), at(3_000, quiescent)], 'missing'],
    ['a uuid repeated with another text', again, [at(9, repeat('conflict', { body: 'another' }))], 'bit'],
    ['a uuid repeated with another number only', again, [at(9, repeat('conflict', { recipient: '+1' }))], 'idle'],
    ['a uuid that was not repeated', again, [at(3_000, quiescent)], 'idle'],
    ['a planted OPEN', open, [at(0, breaker('OPEN', { role: 'rig_role' }))], 'bit'],
    ['no planted OPEN', open, [at(3_000, quiescent)], 'missing'],
    ['a breaker that was OPEN already', open, [at(-5, breaker('OPEN')), at(3_000, quiescent)], 'idle'],
    [
      'an OPEN that the system wrote itself when the rig opened it',
      open,
      [during(-100, 5, nemesis({ applied: 0 })), at(0, breaker('OPEN'))],
      'bit',
    ],
    ['an item whose uuid was not blank', { ...blank, item: 'c1#1' }, [at(1, trigger())], 'missing'],
    ['a campaign that was never triggered', { ...blank, item: 'c1#1' }, [], 'idle'],
    [
      'a changed log row',
      tamper,
      [
        at(20, logRow('u1', { status: 'accepted' })),
        at(3_000, { ...row('go_sms_logs', { operation: 'delete', before: { message_uuid: 'u1' }, role: 'rig_role' }) }),
      ],
      'bit',
    ],
    [
      'two unchanged log rows',
      tamper,
      [at(20, logRow('u1', { status: 'accepted' })), at(21, goRow), at(3_000, reconciliation)],
      'missing',
    ],
    [
      'a message that only one log knows',
      tamper,
      [at(20, logRow('u1', { status: 'accepted' })), at(3_000, reconciliation)],
      'idle',
    ],
  ])('receipts of the rig’s own actions: %s', (...[, fault, events, state]) => {
    expect(stateOf(fault, events)).toBe(state);
  });

  test('receipts of the rig’s own actions say that a blank uuid took effect when its campaign was triggered', () => {
    const history = historyOf({ messages: 2, faults: [blank] }, [at(1, trigger()), entered]);
    expect(receipts(history)[0]?.state).toBe('bit');
  });
});
