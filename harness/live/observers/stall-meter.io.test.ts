import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { type Interval, rigMicros } from './clock.ts';
import { STALL_MICROS_MAX, type StallMeter, startStallMeter } from './stall-meter.ts';

let meter: StallMeter | undefined;
afterEach(() => meter?.stop());

function standStill(micros = 2 * STALL_MICROS_MAX): Interval {
  const earliest = rigMicros();
  while (rigMicros() < earliest + micros);
  return { earliest, latest: rigMicros() };
}

describe('the stall meter', () => {
  test.each(['its own beat', 'a check'])(
    'the stall meter reports, by %s, an interval that contains the stall',
    async (by) => {
      const stalls: Interval[] = [];
      meter = startStallMeter((stall) => stalls.push(stall));
      await sleep(30);
      const { earliest, latest } = standStill();
      if (by === 'a check') meter.check();
      else await sleep(30);
      expect(stalls.some((stall) => stall.earliest <= earliest && stall.latest >= latest)).toBe(true);
    },
  );

  test('the stall meter reports many short delays, which add up to a stall', async () => {
    const stalls: Interval[] = [];
    meter = startStallMeter((stall) => stalls.push(stall));
    await sleep(30);
    const { earliest } = standStill(0.7 * STALL_MICROS_MAX);
    for (let times = 0; times < 4; times += 1) {
      await sleep(15);
      standStill(0.7 * STALL_MICROS_MAX);
    }
    await sleep(30);
    expect(stalls.some((stall) => stall.earliest <= earliest)).toBe(true);
  });

  test('the stall meter dates an observation right after a stall back to its start, and does not date back a later one', async () => {
    meter = startStallMeter(() => {});
    await sleep(30);
    const { earliest } = standStill();
    // A late beat runs before the events that waited with it.
    await new Promise((resolve) => setImmediate(resolve));
    expect(meter.heardSince()).toBeLessThanOrEqual(earliest);
    await sleep(60);
    expect(meter.heardSince()).toBeGreaterThan(earliest);
  });

  test('the stall meter reports a stall once', async () => {
    const stalls: Interval[] = [];
    meter = startStallMeter((stall) => stalls.push(stall));
    const { earliest } = standStill();
    meter.check();
    await sleep(30);
    expect(stalls.filter((stall) => stall.earliest <= earliest)).toHaveLength(1);
  });
});
