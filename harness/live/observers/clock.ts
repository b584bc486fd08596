// The rig's clock: monotonic, and shared by all threads and processes of one machine, so that observers need no agreement.

/** Microseconds of the rig's clock. Its zero is arbitrary; only differences and order mean something. */
export function rigMicros(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000_000 + Math.floor(nanoseconds / 1_000);
}

/** Within which part of the rig's clock something happened. */
export interface Interval {
  readonly earliest: number;
  readonly latest: number;
}
