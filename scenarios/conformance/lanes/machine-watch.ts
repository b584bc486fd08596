// Watches from beside whether the machine has anything left while scenarios run: work that takes no time in the simulated world takes
// long where all cores are taken. It knows nothing of any scenario, so what it says cannot depend on what came of one.
import { cpus } from 'node:os';
import { type Interval, rigMicros } from '../../../harness/live/observers/clock.ts';

const SAMPLE_MS = 50;

/** A machine that idles less than this has none of its cores free. */
const LEAST_IDLE_SHARE = 0.1;

/** While all cores are taken for so long, a process may be kept waiting longer than the margin allows. */
export const STRAINED_MS = 200;

/** A watch over this machine. */
export interface MachineWatch {
  /** For how long without a break all cores were taken, at worst, since then. */
  strainedMsSince(micros: number): number;
  close(): void;
}

/** Starts to watch. */
export function watchMachine(): MachineWatch {
  const strained: Interval[] = [];
  let last = { atMicros: rigMicros(), ...coreTimes() };
  const sample = (): void => {
    const now = { atMicros: rigMicros(), ...coreTimes() };
    const idleShare = (now.idle - last.idle) / Math.max(1, now.all - last.all);
    if (idleShare < LEAST_IDLE_SHARE) addStretch(strained, { earliest: last.atMicros, latest: now.atMicros });
    last = now;
  };
  const timer = setInterval(sample, SAMPLE_MS);
  return {
    strainedMsSince(micros) {
      const lengths = strained.filter(({ latest }) => latest > micros).map(lengthMs);
      return Math.max(0, ...lengths);
    },
    close: () => clearInterval(timer),
  };
}

/** What follows a stretch without a gap makes it longer. */
function addStretch(strained: Interval[], next: Interval): void {
  const before = strained.at(-1);
  const isLonger = before?.latest === next.earliest;
  if (isLonger) strained.pop();
  strained.push(isLonger ? { ...next, earliest: before.earliest } : next);
}

function lengthMs({ earliest, latest }: Interval): number {
  return (latest - earliest) / 1_000;
}

/** What all cores have spent since the machine was started, and how much of it idle. */
function coreTimes(): { idle: number; all: number } {
  let [idle, all] = [0, 0];
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { idle, all };
}
