// The rig's clock: monotonic, and the same for all threads and processes of one machine, so that observers need no synchronization.

/** The time of the rig's clock in microseconds. Its zero is arbitrary: only differences and order have a meaning. */
export function rigMicros(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000_000 + Math.floor(nanoseconds / 1_000);
}

/** The time within which something happened, in microseconds of the rig's clock. */
export interface Interval {
  readonly earliest: number;
  readonly latest: number;
}
