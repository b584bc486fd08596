// Keeps changes in single file: opening and closing ports takes time, and two changes at once would each see half of the other.

/** Runs tasks one after the other, in the order they came. */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs a task when all before it are done; a task that fails does not stop those behind it. */
  run<T>(task: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
