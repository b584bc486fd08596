// Work that must not overlap, whoever asks for it.

/** Does one piece of work after the other, in the order in which they are asked for; one that fails holds nobody up. */
export type Mutex = <T>(work: () => Promise<T>) => Promise<T>;

/** Makes a queue of its own. */
export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
