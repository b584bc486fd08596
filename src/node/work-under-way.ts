// Counts the work of a process: requests being answered, and spawned work. A process that is asked to end waits for it.

/** The work under way in this process. */
export class WorkUnderWay {
  #count = 0;
  #waiting: (() => void)[] = [];

  /** Counts `work` until it settles, and returns its result or its rejection. */
  async track<T>(work: Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work;
    } finally {
      this.#count -= 1;
      if (this.#count === 0) for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  /** Settles once nothing is under way. */
  untilIdle(): Promise<void> {
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
