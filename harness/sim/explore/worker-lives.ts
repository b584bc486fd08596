// The tasks that each worker ran, in order, so that a fresh worker can repeat them if a run depends on the runs before it.
import type { RanTask } from './relive.ts';
import type { Task } from './task.ts';

/** The worker that ran a task, and the number of its runs. */
export interface TaskDone {
  /** The number of the worker, from 1. */
  readonly slot: number;
  /** How often the worker's thread had been started when the task was over. */
  readonly starts: number;
  readonly runs: number;
}

/** Tasks of one worker, up to the one in question. */
interface LifeUpToTask {
  readonly tasks: readonly RanTask[];
  readonly slot: number;
  /** How many runs the worker had made before those tasks. */
  readonly runsBefore: number;
}

/** To repeat more tasks than this would take minutes. */
const TASKS_MAX = 256;

interface Entry extends RanTask {
  readonly runsBefore: number;
}

/** The tasks of one thread of one worker. */
interface Life {
  readonly slot: number;
  readonly entries: Entry[];
  runs: number;
}

/** The lives of all workers of a pool. */
export class WorkerLives {
  readonly #current = new Map<number, Life & { readonly starts: number }>();
  readonly #lifeOf = new WeakMap<Task, { readonly life: Life; readonly index: number }>();

  /** Adds a task that has ended. If its worker got a new thread meanwhile, that thread ran only this task, with one run at a time. */
  add(task: Task, { slot, starts, runs }: TaskDone): void {
    let life = this.#current.get(slot);
    const isAlone = life === undefined ? starts > 1 : life.starts !== starts;
    if (life === undefined || isAlone) {
      life = { slot, starts, entries: [], runs: 0 };
      this.#current.set(slot, life);
    }
    this.#lifeOf.set(task, { life, index: life.entries.length });
    life.entries.push({ task, isAlone, runsBefore: life.runs });
    life.runs += runs;
  }

  /** The task alone, or (`isWhole`) with all tasks that its thread ran before; undefined if these are more than TASKS_MAX or unknown. */
  of(task: Task, isWhole: boolean): LifeUpToTask | undefined {
    const known = this.#lifeOf.get(task);
    if (known === undefined) return undefined;
    const { life, index } = known;
    const entries = life.entries.slice(isWhole ? 0 : index, index + 1);
    if (entries.length > TASKS_MAX) return undefined;
    return {
      tasks: entries.map(({ task: each, isAlone }) => ({ task: each, isAlone })),
      slot: life.slot,
      runsBefore: entries[0]?.runsBefore ?? 0,
    };
  }
}
