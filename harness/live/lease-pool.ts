// Lends the slots of a lane, one scenario a slot, first come first served.
import { setTimeout as sleep } from 'node:timers/promises';

/** A pool of equal things. */
export interface SlotPool<T> {
  /** Waits for a free one, lends it to `work`, and takes it back. */
  lend<R>(work: (slot: T) => Promise<R>): Promise<R>;
}

/** A pool over these slots. Their first uses are `rampMs` apart: scenarios in step would all be busy at once and idle at once. */
export function slotPool<T>(slots: readonly T[], rampMs = 0): SlotPool<T> {
  const free = slots.toReversed();
  const unused = new Map(slots.map((slot, index) => [slot, index * rampMs]));
  const waiting: ((slot: T) => void)[] = [];
  const take = (): Promise<T> => {
    const slot = free.pop();
    return slot === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(slot);
  };
  const giveBack = (slot: T): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(slot);
    else next(slot);
  };
  return {
    async lend(work) {
      const slot = await take();
      const waitMs = unused.get(slot) ?? 0;
      unused.delete(slot);
      if (waitMs > 0) await sleep(waitMs);
      try {
        return await work(slot);
      } finally {
        giveBack(slot);
      }
    },
  };
}
