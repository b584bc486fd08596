// A pool of equal resources, such as the slots of a lane: one user each at a time, first come, first served.
import { setTimeout as sleep } from 'node:timers/promises';

/** A pool of equal resources. */
export interface ResourcePool<T> {
  /** Waits for a free resource and gives it to `work` until that has ended. */
  use<R>(work: (resource: T) => Promise<R>): Promise<R>;
}

/** A pool of these resources. Their first uses are `rampMs` apart: scenarios in step would all be busy at once and idle at once. */
export function resourcePool<T>(resources: readonly T[], rampMs = 0): ResourcePool<T> {
  const free = resources.toReversed();
  const unused = new Map(resources.map((resource, index) => [resource, index * rampMs]));
  const waiting: ((resource: T) => void)[] = [];
  const acquire = (): Promise<T> => {
    const resource = free.pop();
    return resource === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(resource);
  };
  const release = (resource: T): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(resource);
    else next(resource);
  };
  return {
    async use(work) {
      const resource = await acquire();
      const waitMs = unused.get(resource) ?? 0;
      unused.delete(resource);
      if (waitMs > 0) await sleep(waitMs);
      try {
        return await work(resource);
      } finally {
        release(resource);
      }
    },
  };
}
