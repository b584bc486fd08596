// Watches for how long processes wait for a processor. Such a process is late because of the machine, not because of its system. Only Linux
// reports these waits.
import { readFileSync } from 'node:fs';

const SAMPLE_MS = 100;

/** A watch over the main threads of some processes. */
export interface StarvationWatch {
  /** The longest wait of one of them so far, in milliseconds. */
  longestMs(): number;
  close(): void;
}

/** Starts to watch; `pids` returns the current processes at each sample. */
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
      // Linux counts a wait when it ends, so a long wait appears whole between two samples.
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

/** How long the main thread of a process has waited for a processor since its start; undefined when the machine does not report it. */
function processorWaitMs(pid: number): number | undefined {
  try {
    const waitedNanos = Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]);
    return Number.isFinite(waitedNanos) ? waitedNanos / 1_000_000 : undefined;
  } catch {
    return undefined;
  }
}
