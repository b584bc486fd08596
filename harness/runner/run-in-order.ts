// Runs tasks concurrently, and delivers their results in the order of the tasks, so that counts do not depend on the concurrency.

/** The tasks, and how they are run. At most `capacity` tasks run at once. */
export interface OrderedTasks<Task, Result> {
  readonly tasks: Iterable<Task>;
  readonly capacity: number;
  readonly run: (task: Task, index: number) => Promise<Result>;
  /** Called with each result, in the order of the tasks; returns whether more results are wanted. */
  readonly onResult: (result: Result, task: Task, index: number) => boolean;
  /** Called before each task begins; no further task begins once it returns true. */
  readonly isOver?: (() => boolean) | undefined;
  /** Whether tasks in flight deliver their results although no more are wanted; otherwise these results are dropped. */
  readonly keepsBegun?: boolean | undefined;
}

/** Runs the tasks. Resolves when every task that has begun has settled; rejects with the first error, after all have settled. */
export async function runInOrder<Task, Result>(options: OrderedTasks<Task, Result>): Promise<void> {
  const queue = new OrderedQueue(options);
  const work = async (): Promise<void> => {
    try {
      for (let job = await queue.take(); job !== undefined; job = await queue.take()) {
        queue.finish(job, await options.run(job.task, job.index));
      }
    } catch (error) {
      queue.close();
      throw error;
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: Math.max(1, options.capacity) }, work));
  for (const worker of settled) if (worker.status === 'rejected') throw worker.reason;
}

/** How many tasks can be ahead of the slowest one, to limit the results in memory: a minimum, or more on a lane with many slots. */
const AHEAD_MIN = 64;
const AHEAD_PER_WORKER = 8;

interface Job<Task> {
  readonly index: number;
  readonly task: Task;
}

/** Gives out tasks in their order, accepts results in any order, and delivers them in the order of the tasks. */
class OrderedQueue<Task, Result> {
  readonly #options: OrderedTasks<Task, Result>;
  readonly #tasks: Iterator<Task>;
  readonly #aheadMax: number;
  /** Results that wait for the result of an earlier task. */
  readonly #early = new Map<number, { readonly task: Task; readonly result: Result }>();
  readonly #waiting: (() => void)[] = [];
  #taken = 0;
  #delivered = 0;
  #isClosed = false;
  #isEnough = false;

  constructor(options: OrderedTasks<Task, Result>) {
    this.#options = options;
    this.#tasks = options.tasks[Symbol.iterator]();
    this.#aheadMax = Math.max(AHEAD_MIN, AHEAD_PER_WORKER * options.capacity);
  }

  /** The next task, once the slowest one is not too far behind; undefined if there is none, or no more are wanted. */
  async take(): Promise<Job<Task> | undefined> {
    while (this.#isFarAhead) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#isClosed || this.#options.isOver?.() === true) return undefined;
    const next = this.#tasks.next();
    if (next.done === true) return undefined;
    const job = { index: this.#taken, task: next.value };
    this.#taken += 1;
    return job;
  }

  finish({ index, task }: Job<Task>, result: Result): void {
    this.#early.set(index, { task, result });
    for (let next = this.#early.get(this.#delivered); next !== undefined; next = this.#early.get(this.#delivered)) {
      this.#early.delete(this.#delivered);
      this.#deliver(next.result, next.task);
      this.#delivered += 1;
    }
    this.#wake();
  }

  /** Gives out no more tasks, and wakes the workers that wait for a slow task. */
  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  #deliver(result: Result, task: Task): void {
    const { onResult, keepsBegun = false } = this.#options;
    if (this.#isEnough && !keepsBegun) return;
    if (onResult(result, task, this.#delivered)) return;
    this.#isEnough = true;
    this.#isClosed = true;
  }

  get #isFarAhead(): boolean {
    return !this.#isClosed && this.#taken - this.#delivered >= this.#aheadMax;
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
