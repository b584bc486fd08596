// Counts what a process is at: requests that are being answered, and spawned work. A process that ends in an orderly way waits for it.

/** The work under way in this process. */
export class WorkUnderWay {
  #count = 0;
  #waiting: (() => void)[] = [];

  /** Counts `work` until it settles, and answers it as it is. */
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
