// The virtual clock: whole microseconds that only the engine moves, and only forwards.
import assert from 'node:assert/strict';

/** Microseconds in one millisecond. */
export const MICROS_PER_MS = 1_000;

/** The time of one simulated run, in microseconds since its start. */
export class VirtualClock {
  /** Read freely; moved by `advanceTo` only. */
  nowMicros = 0;

  /** Moves the clock. A step backwards is a bug of the engine. */
  advanceTo(micros: number): void {
    // Written as a branch, so that the sentence is made only when it is needed: this happens twice for every event.
    if (micros < this.nowMicros) assert.fail(`time would run backwards, from ${this.nowMicros} to ${micros}`);
    this.nowMicros = micros;
  }
}

/** Whole microseconds of a span in milliseconds, never less than none. */
export function microsOf(ms: number): number {
  return ms > 0 ? Math.round(ms * MICROS_PER_MS) : 0;
}
