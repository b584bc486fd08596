// The virtual clock: whole microseconds that only the engine moves, and only forwards.
import assert from 'node:assert/strict';

/** Microseconds in one millisecond. */
export const MICROS_PER_MS = 1_000;

/** The time of one simulated run, in microseconds since its start. */
export class VirtualClock {
  /** Any code can read it; only `advanceTo` changes it. */
  nowMicros = 0;

  /** Moves the clock. A step backwards is a bug of the engine. */
  advanceTo(micros: number): void {
    // A branch and not `assert(...)`: the message would otherwise be built on every call, up to twice an event.
    if (micros < this.nowMicros) assert.fail(`time would run backwards, from ${this.nowMicros} to ${micros}`);
    this.nowMicros = micros;
  }
}

/** Converts milliseconds to whole microseconds; 0 for a negative span. */
export function microsOf(ms: number): number {
  return ms > 0 ? Math.round(ms * MICROS_PER_MS) : 0;
}
