// A pool of equal resources, such as the slots of a lane. Each resource has one user at a time; waiting users are served in order.
import { setTimeout as sleep } from 'node:timers/promises';

/** A pool of equal resources. */
export interface ResourcePool<T> {
  /** Waits for a free resource and lends it to `work`; it is free again once `work` has ended or failed. */
  use<R>(work: (resource: T) => Promise<R>): Promise<R>;
}

/** A pool of these resources. Their first uses begin `rampMs` apart: otherwise all scenarios would be busy, and idle, at the same times. */
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
