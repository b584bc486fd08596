// The breaker of a pair, which lives in the memory of its legacy app and is not visible from outside.

/** How long it refuses calls, and within how long so many failures open it. */
const REFUSES_MS = 1_000;
const WINDOW_MS = 2_000;

/** Asked before each call, and informed of its end. */
export interface Breaker {
  isOpen(): boolean;
  note(hasSucceeded: boolean): void;
  /** Forgets everything. */
  close(): void;
}

/** A breaker that so many failures in a row open; 0 is one that stays CLOSED. */
export function createBreaker(failures: number): Breaker {
  let failed: number[] = [];
  let openUntil = 0;
  return {
    isOpen: () => performance.now() < openUntil,
    note(hasSucceeded) {
      const now = performance.now();
      failed = hasSucceeded ? [] : [...failed.filter((at) => at > now - WINDOW_MS), now];
      if (failures === 0 || failed.length < failures) return;
      openUntil = now + REFUSES_MS;
      failed = [];
    },
    close() {
      failed = [];
      openUntil = 0;
    },
  };
}
