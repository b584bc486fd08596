// The priority of what the rig starts: below its own, so that the observers see in time what they observe.
import { setPriority } from 'node:os';

/** Nice, and not more: the systems must still be fast beside other work of this machine. */
const BELOW_THE_OBSERVERS = 5;

/** Lets the rig's own threads run before this process when both could. A process that has ended meanwhile is left alone. */
export function yieldToObservers(pid: number): void {
  try {
    setPriority(pid, BELOW_THE_OBSERVERS);
  } catch {
    // It has ended, or this system forbids it: then everything runs at one priority, as it would have anyway.
  }
}
