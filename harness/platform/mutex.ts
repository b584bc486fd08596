// Runs pieces of work that must not overlap.

/** Runs one piece of work after the other, in the order of the calls. Work that fails does not stop the work after it. */
export type Mutex = <T>(work: () => T | Promise<T>) => Promise<T>;

/** Makes a mutex with a queue of its own. */
export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
