// Whether the machine was too slow for what was observed, so that delays are not the fault of the systems.
import { type Role, ROLES } from '../../src/contract/message.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from '../history/events-of.ts';
import { startStallMeter } from './observers/stall-meter.ts';
import { type StarvationWatch, watchStarvation } from './process/starvation-watch.ts';
import { CALL_NOISE_MS } from './tolerances.ts';

/** A result, and whether the machine was too slow while it was produced. */
export interface Disturbable<T> {
  readonly result: T;
  readonly wasDisturbed: boolean;
}

/** The part of a slot that is watched. */
interface Watched {
  readonly processes: Readonly<Record<Role, { leaders(): number[] }>>;
}

/** Whether the machine was too slow for this run. */
export function isDisturbed(history: History): boolean {
  return eventsOf(history, 'observer-problem').some(({ problem }) => problem === 'stalled');
}

/** Watches how long the processes of a slot wait for a processor. */
export function watchProcesses({ processes }: Watched): StarvationWatch {
  return watchStarvation(() => ROLES.flatMap((role) => processes[role].leaders()));
}

/** Does work that is not a run, and watches this thread and the processes of the slot meanwhile. */
export async function watched<T>(slot: Watched, work: () => Promise<T>): Promise<Disturbable<T>> {
  let stalls = 0;
  const meter = startStallMeter(() => (stalls += 1));
  const starvation = watchProcesses(slot);
  try {
    const result = await work();
    meter.check();
    return { result, wasDisturbed: stalls > 0 || starvation.longestMs() > CALL_NOISE_MS };
  } finally {
    meter.stop();
    starvation.close();
  }
}
