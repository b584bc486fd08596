// Runs tasks, at most so many at once, and delivers their results in the order of the tasks, so that nothing that is counted depends on
// how many of them run beside one another.

/** What is run in order. */
export interface OrderedTasks<Task, Result> {
  readonly tasks: Iterable<Task>;
  readonly capacity: number;
  readonly run: (task: Task, index: number) => Promise<Result>;
  /** Takes each result, in the order of the tasks; answers whether more are wanted. */
  readonly onResult: (result: Result, task: Task, index: number) => boolean;
  /** Asked before each task is begun; true begins no more. */
  readonly isOver?: (() => boolean) | undefined;
  /** Whether the results of tasks that were begun are delivered also when no more are wanted; otherwise they are dropped. */
  readonly keepsBegun?: boolean | undefined;
}

/** Runs the tasks. Resolves when every task that was begun has settled; rejects with the first error, once all have settled. */
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

/** No task may be so far ahead of the slowest one that results pile up; lanes with many slots have more of them under way. */
const AHEAD_MIN = 64;
const AHEAD_PER_WORKER = 8;

interface Job<Task> {
  readonly index: number;
  readonly task: Task;
}

/** Hands out tasks in their order, and takes results in any order. */
class OrderedQueue<Task, Result> {
  readonly #options: OrderedTasks<Task, Result>;
  readonly #tasks: Iterator<Task>;
  readonly #aheadMax: number;
  /** Results that came before their turn. */
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

  /** The next task, as soon as none is left too far behind; undefined when there is none, or none is wanted. */
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

  /** Begins no more tasks; those that wait for a slower one need not wait any longer. */
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
