// Measures how long the event loop of its thread stood still: what was observed meanwhile has times that are later than the truth.
import { type Interval, rigMicros } from './clock.ts';

const BEAT_MICROS = 10_000;

/** A longer stall makes what was observed during it worthless: it comes near to the tolerance that bounds in time are judged with. */
export const STALL_MICROS_MAX = 200_000;

/** A thread that was late for so long within a second has made the system wait as a stall does, bit by bit. */
const LATE_SHARE_MICROS_MAX = 500_000;
const SHARE_OF_MICROS = 1_000_000;

/** Beats that are further apart than this show that the thread was late; what it observed meanwhile may be as old as the earlier beat. */
const LATE_MICROS = 3 * BEAT_MICROS;

/** A meter that runs until it is stopped. */
export interface StallMeter {
  /** Reports a stall that ended just now, before its own beat could. */
  check(): void;
  /** Since when an event that is observed just now may have been waiting. */
  heardSince(): number;
  stop(): void;
}

/** Starts a meter; `onStall` gets the time from the last beat before a stall, or before the first of many delays, to the first one after it. */
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
    // A late beat runs before what was waiting beside it, so what counts is the beat before the last one.
    return now - beatBefore > LATE_MICROS ? beatBefore : now;
  };
  return { check, heardSince, stop: () => clearInterval(timer) };
}

function sumOf(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, { earliest, latest }) => sum + latest - earliest, 0);
}
