// Measures how long the event loop of its thread stood still: what was observed meanwhile has times that are later than the truth.
import { type Interval, rigMicros } from './clock.ts';

const BEAT_MICROS = 10_000;

/** A longer stall makes what was observed during it doubtful. */
export const STALL_MICROS_MAX = 50_000;

/** A meter that runs until it is stopped. */
export interface StallMeter {
  /** Reports a stall that ended just now, before its own beat could. */
  check(): void;
  stop(): void;
}

/** Starts a meter; `onStall` gets the time from the last beat before a stall to the first one after it. */
export function startStallMeter(onStall: (stall: Interval) => void): StallMeter {
  let expectedMicros = rigMicros() + BEAT_MICROS;
  const check = (): void => {
    const latest = rigMicros();
    const earliest = expectedMicros - BEAT_MICROS;
    const isStall = latest - expectedMicros > STALL_MICROS_MAX;
    expectedMicros = latest + BEAT_MICROS;
    if (isStall) onStall({ earliest, latest });
  };
  const timer = setInterval(check, BEAT_MICROS / 1_000).unref();
  return { check, stop: () => clearInterval(timer) };
}
