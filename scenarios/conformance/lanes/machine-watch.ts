// Watches whether the machine has free cores while scenarios run: work that takes no virtual time takes long when all cores are busy. The
// watch knows no scenario, so it cannot depend on the outcome of one.
import { cpus } from 'node:os';
import { type Interval, rigMicros } from '../../../harness/live/observers/clock.ts';

const SAMPLE_MS = 50;

/** All cores count as busy when they idle for less than this share of the time. */
const LEAST_IDLE_SHARE = 0.1;

/** When all cores are busy for this long, a process may wait longer than the margin allows. */
export const STRAINED_MS = 200;

/** A watch over this machine. */
export interface MachineWatch {
  /** The longest time, in ms, in which all cores were busy without a break, since this moment. */
  strainedMsSince(micros: number): number;
  close(): void;
}

/** Starts a watch. */
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

/** Adds a stretch. Joins it to the last one if there is no gap between them. */
function addStretch(strained: Interval[], next: Interval): void {
  const before = strained.at(-1);
  const isLonger = before?.latest === next.earliest;
  if (isLonger) strained.pop();
  strained.push(isLonger ? { ...next, earliest: before.earliest } : next);
}

function lengthMs({ earliest, latest }: Interval): number {
  return (latest - earliest) / 1_000;
}

/** The time that all cores have spent since the machine started, and the idle part of it. */
function coreTimes(): { idle: number; all: number } {
  let [idle, all] = [0, 0];
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { idle, all };
}
