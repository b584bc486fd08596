// What each worker ran, task by task: enough to make it again in a fresh worker, when a run depended on the runs before it.
import type { RanTask } from './relive.ts';
import type { Task } from './task.ts';

/** On which worker a task ran, and how many runs it made. */
export interface TaskDone {
  /** From 1. */
  readonly slot: number;
  /** How often the worker's thread had been started when the task was over. */
  readonly starts: number;
  readonly runs: number;
}

/** The tasks up to one, with the worker that did them. */
interface LifeUpToTask {
  readonly tasks: readonly RanTask[];
  readonly slot: number;
  /** How many runs the worker had made before those tasks. */
  readonly runsBefore: number;
}

/** Making more tasks than this again would take minutes. */
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

  /** Takes a task that is done. A thread that was lost and started anew has done that task alone, with one run at a time. */
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

  /** The task alone, or with all that its worker ran before it; undefined where that is too much or not known. */
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
