// What a lane offers to the search: cases in stages, as tasks that can be run beside one another. The search itself is the runner's; it sees
// no more of a lane than this.
import type { Case } from '../formats/case.ts';
import type { Evidence } from '../formats/evidence.ts';

/** A violating case. */
export interface Violation {
  readonly case: Case;
  /** What it breaks: properties, or the kind of one anomaly. Never empty. */
  readonly broken: readonly string[];
}

/** What one task came to. Plain data, since a task may run on another thread. */
export interface TaskResult {
  /** How many runs were made, those included that count for nothing. */
  readonly runs: number;
  readonly evidence: Evidence;
  /** The violating cases that are worth keeping, in the order of the runs. */
  readonly violations: readonly Violation[];
  /** Whether the task was stopped before its end. */
  readonly isCut: boolean;
  /** A digest over the runs that were made twice; empty where none is. */
  readonly digest: string;
}

/** A part of a search whose tasks are all known before the first of them runs. */
export interface Stage<Task, Result extends TaskResult> {
  /** How many runs its tasks will make. */
  readonly planned: number;
  /** Once so many violating cases were found, no further task of the stage is begun. */
  readonly violationsMax: number;
  tasks(): Iterable<Task>;
  /** Takes each result, in the order of the tasks. */
  onResult?(result: Result, task: Task): void;
  /** Called after the last result, also when the stage was cut short. */
  onEnd?(): void;
}

/** All that a search goes through. */
export interface SearchSpace<Task, Result extends TaskResult> {
  /** One stage after the other. The next is asked for only when the one before ended without a violation and nothing cut the search short. */
  stages(): Iterable<Stage<Task, Result>>;
  /** What was planned and how far the search came, as evidence without any run. Asked for once, after the search. */
  coverage(): Evidence;
}

/** Runs tasks. */
export interface TaskRunner<Task, Result extends TaskResult> {
  readonly lane: 'live' | 'sim';
  /** How many tasks may run at once. */
  readonly capacity: number;
  /** Whether a task always gives the same result. Then a result that came too late to count is dropped, and can be had again. */
  readonly isDeterministic: boolean;
  run(task: Task): Promise<Result>;
  /** Ends the tasks under way early, where a part of a task is worth having; those results are cut. */
  stop(): void;
}
