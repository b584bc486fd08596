// What a lane offers to the search: its cases, in stages of tasks that can run in parallel. The runner owns the search and sees a lane only
// through these interfaces.
import type { Case } from '../formats/case.ts';
import type { Evidence } from '../formats/evidence.ts';

/** A violating case. */
export interface Violation {
  readonly case: Case;
  /** What it violates: properties, or the kind of one anomaly. Never empty. */
  readonly broken: readonly string[];
  /** The fingerprints that no earlier violation of its task showed. Never empty. */
  readonly fingerprints: readonly string[];
  /** Whether one of its replays violated the same; absent if the task did not replay it. */
  readonly cameUpAgain?: boolean;
  /** The number of the run in its task, from 0; absent when the runs before it cannot be repeated. */
  readonly ordinal?: number;
}

/** A case whose runs seem to depend on more than the case. */
export interface Doubt {
  readonly code: 'self-check/not-repeatable' | 'self-check/deviation-not-met';
  readonly case: Case;
  /** The runs of the task that show it, with the hashes of their histories. */
  readonly seen: readonly { readonly ordinal: number; readonly hash: string }[];
}

/** The runs of one process up to the end of a task. */
export interface ProcessLife {
  /** The slot or worker, from 1. */
  readonly slot: number;
  /** How many runs it had made before the listed ones. */
  readonly runsBefore: number;
  /** The listed runs in batches, oldest first. */
  readonly batches: readonly (readonly Case[])[];
  /** The index of the task's first run among all listed runs. */
  readonly first: number;
  /** The hashes of the histories of the task's runs. */
  readonly hashes: readonly string[];
}

/** The outcome of one task. Plain data, because a task can run on another thread. */
export interface TaskResult {
  /** How many runs the task made, including runs that were lost or discarded. */
  readonly runs: number;
  readonly evidence: Evidence;
  /** The first violating case of each fingerprint, in the order of the runs. */
  readonly violations: readonly Violation[];
  /** At most one doubt of each code; absent when there are none. */
  readonly doubts?: readonly Doubt[];
  /** Whether the task was stopped before its end. */
  readonly isCut: boolean;
  /** A digest of the histories that the task runs again to compare; empty on a lane that compares none. */
  readonly digest: string;
}

/** A part of a search whose tasks are all known before the first of them runs. */
export interface SearchStage<Task, Result extends TaskResult> {
  /** How many runs its tasks are planned to make. */
  readonly planned: number;
  tasks(): Iterable<Task>;
  /** Called with each result, in the order of the tasks. */
  onResult?(result: Result, task: Task): void;
  /** Called after the last result, also when the stage was cut short. */
  onEnd?(): void;
}

/** Everything that a search runs. */
export interface SearchSpace<Task, Result extends TaskResult> {
  /** The stages in order. The search requests the next one only while nothing has cut it short. */
  stages(): Iterable<SearchStage<Task, Result>>;
  /** What was planned and how far the search got, as evidence without runs. Called once, after the search. */
  coverage(): Evidence;
}

/** Runs tasks. */
export interface TaskRunner<Task, Result extends TaskResult> {
  readonly lane: 'live' | 'sim';
  /** How many tasks can run at once. */
  readonly capacity: number;
  /** Whether a task always gives the same result. If so, the search drops a result that arrives too late: a repeat gives it again. */
  readonly isDeterministic: boolean;
  run(task: Task): Promise<Result>;
  /**
   * Repeats a task in a fresh process, with `isWhole` after everything that its process had run before it. Only a deterministic lane can do
   * that. Undefined when the earlier runs of the process are no longer known.
   */
  relive?(task: Task, isWhole: boolean): Promise<ProcessLife | undefined>;
  /** Ends running tasks early if a part of a task is useful. Their results have `isCut`. */
  stop(): void;
}
