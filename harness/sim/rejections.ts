// Unhandled promise rejections in a run. While runs are under way the process's own listeners are set aside, or a finding about a system
// would end the rig.
import { outsideMicrotasks, tickCallback } from './drain.ts';

/** Collects unhandled rejections, from its making until `restore`. */
export interface RejectionCollector {
  /** What failed since the last call. Must be called outside any microtask; later reports are lost where Node cannot be asked at once. */
  takeNow(): unknown[];
  /** The same for any place and any Node. */
  take(): Promise<unknown[]>;
  restore(): void;
}

/** Starts to collect. */
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
