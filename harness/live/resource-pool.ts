// A pool of equal resources, such as the slots of a lane. Each resource has one user at a time; waiting users are served in order.
import { setTimeout as sleep } from 'node:timers/promises';

/** A pool of equal resources. */
export interface ResourcePool<T> {
  /** Waits for a free resource and lends it to `work`; it is free again once `work` has ended or failed. */
  use<R>(work: (resource: T) => Promise<R>): Promise<R>;
}

/** How a pool lends its resources. */
export interface PoolOptions {
  /** The first uses of the resources begin this far apart: otherwise all scenarios would be busy, and idle, at the same times. */
  readonly rampMs?: number;
  /** How many resources can be in use at once, read before each use; by default all. */
  readonly atOnce?: () => number;
}

/** A pool of these resources. */
export function resourcePool<T>(resources: readonly T[], options: PoolOptions = {}): ResourcePool<T> {
  const { rampMs = 0, atOnce = () => resources.length } = options;
  const free = resources.toReversed();
  const unused = new Map(resources.map((resource, index) => [resource, index * rampMs]));
  const waiting: ((resource: T) => void)[] = [];
  const lend = (): void => {
    while (waiting.length > 0 && free.length > 0 && resources.length - free.length < atOnce()) {
      const [resource, resolve] = [free.pop(), waiting.shift()];
      if (resource !== undefined) resolve?.(resource);
    }
  };
  const acquire = (): Promise<T> => {
    const lent = new Promise<T>((resolve) => waiting.push(resolve));
    lend();
    return lent;
  };
  const release = (resource: T): void => {
    free.push(resource);
    lend();
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
