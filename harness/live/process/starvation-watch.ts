// Watches whether the machine lets processes run: one that has something to do and waits for a processor is late, and its system is not to
// blame. Linux reports it for each thread; on other systems nothing is seen.
import { readFileSync } from 'node:fs';

const SAMPLE_MS = 100;

/** A watch over the main threads of some processes. */
export interface StarvationWatch {
  /** The longest time, in milliseconds, for which one of them was kept waiting so far. */
  longestMs(): number;
  close(): void;
}

/** Starts to watch; `pids` names the processes of the moment. */
export function watchStarvation(
  pids: () => readonly (number | undefined)[],
  waitedMs: (pid: number) => number | undefined = processorWaitMs,
): StarvationWatch {
  let before = new Map<number, number>();
  let longest = 0;
  const sample = (): void => {
    const now = new Map<number, number>();
    for (const pid of pids()) {
      const waited = pid === undefined ? undefined : waitedMs(pid);
      if (pid === undefined || waited === undefined) continue;
      now.set(pid, waited);
      // A wait is counted once it is over, so all of a long one shows between two samples.
      longest = Math.max(longest, waited - (before.get(pid) ?? waited));
    }
    before = now;
  };
  sample();
  const timer = setInterval(sample, SAMPLE_MS).unref();
  return {
    longestMs() {
      sample();
      return longest;
    },
    close: () => clearInterval(timer),
  };
}

/** How long the main thread of a process has waited for a processor since it began; undefined where the system does not report that. */
function processorWaitMs(pid: number): number | undefined {
  try {
    const waitedNanos = Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]);
    return Number.isFinite(waitedNanos) ? waitedNanos / 1_000_000 : undefined;
  } catch {
    return undefined;
  }
}
