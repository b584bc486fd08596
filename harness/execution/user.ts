// The rig as a user of the legacy app: how long it waits, and what it receives. Each lane has its own client.

/** How long a user waits for an answer. A working app always answers sooner. */
export const USER_PATIENCE_MS = 15_000;

/** The outcome of one request of the rig to the legacy app, on the clock of the lane. */
export interface UserAnswer {
  /** Null when the app did not answer. */
  readonly status: number | null;
  readonly body: string;
  readonly startedMicros: number;
  readonly endedMicros: number;
}
