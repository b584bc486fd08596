import { describe, expect, test } from 'vitest';
import type { Fault } from '../formats/fault.ts';
import type { Observation } from '../formats/event.ts';
import { SCRIPTED_TIMINGS, SCRIPTED_TOLERANCES } from '../formats/tolerances.fixture.ts';
import { aftermathMicros, mayHaveDiedAt, mayHaveDisturbed } from './excuse-windows.ts';
import { at, historyOf, nemesis, providerFault, request, sent } from './history.fixture.ts';

const noisy = (noiseMs: number) => ({ changes: { tolerances: { ...SCRIPTED_TOLERANCES, noiseMs } } });
const span = (ms: number) => ({ earliest: ms * 1_000, latest: ms * 1_000 });
const inForce = [at(0, nemesis({ applied: 0 })), at(500, nemesis({ healed: 0 }))];

describe('the aftermath of a fault', () => {
  test('the aftermath of a fault is the longest wait that it can have started, plus the noise of the lane', () => {
    const timings = { ...SCRIPTED_TIMINGS, providerTimeoutMs: 300, leaseMs: 200, breakerProbeAfterMs: 100 };
    const lasts = (changed: Partial<typeof timings>, noiseMs = 0) =>
      aftermathMicros(historyOf({ changes: { ...noisy(noiseMs).changes, timings: { ...timings, ...changed } } }, []));
    // The budget of a call is 500 ms.
    expect([lasts({}), lasts({}, 250)]).toEqual([500_000, 750_000]);
    expect([lasts({ providerTimeoutMs: 600 }), lasts({ leaseMs: 700 }), lasts({ breakerProbeAfterMs: 800 })]).toEqual([
      600_000, 700_000, 800_000,
    ]);
  });
});

describe('disturbance by a fault', () => {
  const isDisturbed = (
    fault: Fault,
    ms: number,
    { events = [], noiseMs = 0 }: { events?: readonly Observation[]; noiseMs?: number } = {},
  ) => mayHaveDisturbed(historyOf({ faults: [fault], ...noisy(noiseMs) }, [...inForce, ...events]), span(ms));
  const slow = (delayMs: number) => providerFault({ delayMs });

  test('a fault that had something to act on disturbs until its aftermath is over', () => {
    const events = sent(10, 'service');
    const lost = providerFault({ outcome: 'accept-lose-reply' });
    expect([1_500, 1_501].map((ms) => isDisturbed(lost, ms, { events }))).toEqual([true, false]);
    expect([1_800, 1_801].map((ms) => isDisturbed(lost, ms, { events, noiseMs: 300 }))).toEqual([true, false]);
    expect([500, 501].map((ms) => isDisturbed(lost, ms))).toEqual([true, false]);
  });

  test('a slow provider disturbs only if its delay reaches its caller’s timeout, less the noise of the lane', () => {
    expect([999, 1_000].map((delayMs) => isDisturbed(slow(delayMs), 100))).toEqual([false, true]);
    expect([499, 500].map((delayMs) => isDisturbed(slow(delayMs), 100, { noiseMs: 500 }))).toEqual([false, true]);
  });

  test('a pause disturbs only if it stopped the process', () => {
    const pause: Fault = { kind: 'pause', process: 'legacy', lastsMs: 100, fromMs: 0, untilMs: 2_000 };
    expect(isDisturbed(pause, 100)).toBe(true);
    expect(mayHaveDisturbed(historyOf({ faults: [pause] }, []), span(100))).toBe(false);
  });

  test('an item without a uuid, a redelivery and a planted breaker disturb no message', () => {
    const faults: Fault[] = [
      { kind: 'missing-uuid', item: 'c1#1' },
      { kind: 'redelivery', campaign: 'c1', atMs: 0 },
      { kind: 'breaker-open', breaker: 'live', fromMs: 0 },
    ];
    expect(mayHaveDisturbed(historyOf({ faults }, inForce), span(100))).toBe(false);
  });
});

test('a death may cut off an action within its aftermath, which lasts longer if the process was held up', () => {
  const heldUp: Fault = {
    kind: 'latency',
    stream: 'downstream',
    latencyMs: 900,
    jitterMs: 0,
    heldUp: 'service',
    fromMs: 0,
    untilMs: 0,
  };
  const begun = at(10, request('back', 'b', { uuids: ['u1'] }));
  const death = (ms: number, faults: readonly Fault[]) => {
    const held = faults.length === 0 ? [] : [at(900, nemesis({ applied: 0 })), at(1_800, nemesis({ healed: 0 }))];
    const history = historyOf({ faults }, [begun, ...held, at(ms, nemesis({ crash: 'service' }))]);
    return mayHaveDiedAt(history, 'service', begun);
  };
  expect([death(1_010, []), death(1_011, [])]).toEqual([true, false]);
  expect([death(2_800, [heldUp]), death(2_801, [heldUp])]).toEqual([true, false]);
});
