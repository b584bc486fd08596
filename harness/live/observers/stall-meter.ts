// Measures how long the event loop of its thread was blocked: events that happened meanwhile are observed, and timed, too late.
import { type Interval, rigMicros } from './clock.ts';

const BEAT_MICROS = 10_000;

/** A longer stall makes the run worthless: it is close to the tolerance with which time limits are judged. */
export const STALL_MICROS_MAX = 200_000;

/** Short delays that add up to this within a second make the system wait as much as one stall, and are reported as one. */
const LATE_SHARE_MICROS_MAX = 500_000;
const SHARE_OF_MICROS = 1_000_000;

/** A longer time between two beats means that the thread was late. Events that it then observes may be as old as the first beat. */
const LATE_MICROS = 3 * BEAT_MICROS;

/** A meter that runs until it is stopped. */
export interface StallMeter {
  /** Reports a stall that ended just now, without waiting for the next beat. */
  check(): void;
  /** The earliest time at which an event that is observed now may have happened, in microseconds. */
  heardSince(): number;
  stop(): void;
}

/**
 * Starts a meter. `onStall` is called with the interval from the last beat before a stall to the first beat after it; for many short
 * delays, from the last beat before the first delay.
 */
export function startStallMeter(onStall: (stall: Interval) => void): StallMeter {
  let expectedMicros = rigMicros() + BEAT_MICROS;
  let beatBefore = rigMicros();
  /** The late beats of the last second. */
  let late: Interval[] = [];
  const check = (): void => {
    const latest = rigMicros();
    const earliest = expectedMicros - BEAT_MICROS;
    beatBefore = earliest;
    const isStall = latest - expectedMicros > STALL_MICROS_MAX;
    expectedMicros = latest + BEAT_MICROS;
    if (latest - earliest > LATE_MICROS) late.push({ earliest, latest });
    if (late.length > 0) late = late.filter((interval) => interval.latest > latest - SHARE_OF_MICROS);
    if (isStall) {
      late = [];
      onStall({ earliest, latest });
    } else if (sumOf(late) > LATE_SHARE_MICROS_MAX) {
      onStall({ earliest: late[0]?.earliest ?? earliest, latest });
      late = [];
    }
  };
  const timer = setInterval(check, BEAT_MICROS / 1_000).unref();
  const heardSince = (): number => {
    const now = rigMicros();
    // A late beat runs before the events that waited with it, so the beat before the last one counts.
    return now - beatBefore > LATE_MICROS ? beatBefore : now;
  };
  return { check, heardSince, stop: () => clearInterval(timer) };
}

function sumOf(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, { earliest, latest }) => sum + latest - earliest, 0);
}
