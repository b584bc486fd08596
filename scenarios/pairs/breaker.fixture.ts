// The breaker of a pair: it is in the memory of the legacy app and cannot be seen from outside.

/** How long an open breaker refuses calls. */
const REFUSES_MS = 1_000;

/** Failures that are older than this do not count. */
const WINDOW_MS = 2_000;

/** A breaker: `isOpen` is called before each request, `note` after it. */
export interface Breaker {
  isOpen(): boolean;
  note(hasSucceeded: boolean): void;
  /** Forgets all failures, and closes. */
  close(): void;
}

/** A breaker that this number of failures in a row opens; 0 for a breaker that never opens. */
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
