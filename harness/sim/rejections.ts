// Collects the unhandled promise rejections of a system during its runs. Meanwhile the listeners that the process had are removed: one of
// them could end the rig because of a bug in the system.
import { outsideMicrotasks, tickCallback } from './drain.ts';

/** Collects unhandled rejections from its creation until `restore`. */
export interface RejectionCollector {
  /**
   * The reasons since the last call. Must be called outside any microtask. A Node without a tick callback reports rejections only later,
   * so there the newest ones are missing.
   */
  takeNow(): unknown[];
  /** The reasons since the last call, complete on every Node and from any place. */
  take(): Promise<unknown[]>;
  /** Stops to collect, and puts the former listeners back. */
  restore(): void;
}

/** Starts to collect. Only one collector can be active in a process. */
export function collectRejections(): RejectionCollector {
  const others = process.listeners('unhandledRejection');
  const flush = tickCallback();
  let reasons: unknown[] = [];
  const listener = (reason: unknown): void => {
    reasons.push(reason);
  };
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', listener);
  const taken = (): unknown[] => {
    const result = reasons;
    if (result.length > 0) reasons = [];
    return result;
  };
  return {
    takeNow() {
      flush?.();
      return taken();
    },
    take: () => outsideMicrotasks(taken),
    restore() {
      process.off('unhandledRejection', listener);
      for (const other of others) process.on('unhandledRejection', other);
    },
  };
}
