import { describe, expect, test } from 'vitest';
import { CongestionWindow } from './congestion-window.ts';

/** A run that takes a second. */
const run = (beganSeconds: number, isDisturbed: boolean) => ({
  beganMicros: beganSeconds * 1e6,
  endedMicros: (beganSeconds + 1) * 1e6,
  isDisturbed,
});

describe('the congestion window', () => {
  test('a lane uses all slots until a run is disturbed', () => {
    const window = new CongestionWindow(8);
    for (let second = 0; second < 50; second += 1) window.note(run(second, false));
    expect(window.size).toBe(8);
  });

  test('a stall that disturbs all runs in flight makes the window a quarter smaller, once', () => {
    const window = new CongestionWindow(8);
    for (let slot = 0; slot < 8; slot += 1) window.note(run(slot / 10, true));
    expect(window.size).toBe(6);
  });

  test('disturbed runs that began after the window had become smaller make it smaller again, down to one run', () => {
    const window = new CongestionWindow(8);
    const sizes = Array.from({ length: 12 }, (_, second) => {
      window.note(run(2 * second, true));
      return window.size;
    });
    expect(sizes.slice(0, 3)).toEqual([6, 4, 3]);
    expect(sizes.at(-1)).toBe(1);
  });

  test('fifty undisturbed runs make the window larger by one, and never larger than the slots', () => {
    const window = new CongestionWindow(8);
    window.note(run(0, true));
    let second = 2;
    const after = (runs: number): number => {
      for (let left = runs; left > 0; left -= 1) window.note(run((second += 2), false));
      return window.size;
    };
    expect(after(49)).toBe(6);
    expect(after(2)).toBe(7);
    expect(after(500)).toBe(8);
  });
});
