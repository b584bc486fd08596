// What a lane offers to the search: cases in stages, as tasks that can be run beside one another. The search itself is the runner's; it sees
// no more of a lane than this.
import type { Case } from '../formats/case.ts';
import type { Evidence } from '../formats/evidence.ts';

/** A violating case. */
export interface Violation {
  readonly case: Case;
  /** What it breaks: properties, or the kind of one anomaly. Never empty. */
  readonly broken: readonly string[];
  /** What it shows, one fingerprint each. Never empty. */
  readonly fingerprints: readonly string[];
  /** Which run of its task it was, from 0, where that run can be made again with all that came before it. */
  readonly ordinal?: number;
}

/** A run that depends on more than its case, as far as its task can tell. */
export interface Doubt {
  readonly code: 'self-check/not-repeatable' | 'self-check/deviation-not-met';
  readonly case: Case;
  /** The runs of the task that show it, with the hashes of their histories. */
  readonly seen: readonly { readonly ordinal: number; readonly hash: string }[];
}

/** All that a process ran up to the end of a task. */
export interface ProcessLife {
  /** The slot or worker, from 1. */
  readonly slot: number;
  /** How many runs it had made before those that are listed. */
  readonly runsBefore: number;
  /** The batches, oldest first. */
  readonly batches: readonly (readonly Case[])[];
  /** The number, among all listed runs, of the first run of the task. */
  readonly first: number;
  /** The hashes of the histories of the task's runs. */
  readonly hashes: readonly string[];
}

/** The outcome of one task. Plain data, since a task may run on another thread. */
export interface TaskResult {
  /** How many runs were made, those included that count for nothing. */
  readonly runs: number;
  readonly evidence: Evidence;
  /** The violating cases that are worth keeping, in the order of the runs: the first for each fingerprint. */
  readonly violations: readonly Violation[];
  /** Some of the runs that depended on more than their cases; absent where there are none. */
  readonly doubts?: readonly Doubt[];
  /** Whether the task was stopped before its end. */
  readonly isCut: boolean;
  /** A digest over the runs that were made twice; empty where none is. */
  readonly digest: string;
}

/** A part of a search whose tasks are all known before the first of them runs. */
export interface SearchStage<Task, Result extends TaskResult> {
  /** How many runs its tasks will make. */
  readonly planned: number;
  tasks(): Iterable<Task>;
  /** Takes each result, in the order of the tasks. */
  onResult?(result: Result, task: Task): void;
  /** Called after the last result, also when the stage was cut short. */
  onEnd?(): void;
}

/** All that a search goes through. */
export interface SearchSpace<Task, Result extends TaskResult> {
  /** One stage after the other. The next is asked for only when nothing cut the search short. */
  stages(): Iterable<SearchStage<Task, Result>>;
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
  /**
   * Makes a task again in a fresh process, and before it, where `isWhole`, all that its process had run before. Only a deterministic lane
   * can do that; undefined where it is not known any more what the process ran.
   */
  relive?(task: Task, isWhole: boolean): Promise<ProcessLife | undefined>;
  /** Ends the tasks under way early, where a part of a task is worth having; those results are cut. */
  stop(): void;
}
