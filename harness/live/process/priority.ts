// Gives the processes that the rig starts a priority below its own, so that the observers see events in time.
import { setPriority } from 'node:os';

/** The nice value of these processes. A higher one would make the systems slow beside other work of this machine. */
const BELOW_THE_OBSERVERS = 5;

/** Lowers the priority of a process. Does nothing when the process has ended or the operating system forbids it. */
export function yieldToObservers(pid: number): void {
  try {
    setPriority(pid, BELOW_THE_OBSERVERS);
  } catch {
    // The process has ended, or this user may not change its priority. The observers are then only less exact.
  }
}
