// What a lane offers to the search: a space of cases in stages, and tasks on them that can be run beside one another. The search itself is
// the runner's; it sees no more of a lane than this.
import type { Case } from '../formats/case.ts';
import type { Evidence } from '../formats/evidence.ts';
import type { ObservedRun } from './executor.ts';

/** A violating case. */
export interface Violation {
  readonly case: Case;
  /** What it breaks: properties, or the kind of one anomaly. Never empty. */
  readonly broken: readonly string[];
  /** The run that shows it, where making it again need not come to the same. */
  readonly run?: ObservedRun;
}

/** What one task came to. Plain data: a task may have been run on another thread. */
export interface TaskResult {
  /** How many runs were made, those included that count for nothing. */
  readonly runs: number;
  /** Of those, the ones in a row at the end that failed for want of infrastructure; 0 if the last one gave a history. */
  readonly evidence: Evidence;
  /** The first violating case for each thing that is broken, in the order of the runs. */
  readonly violations: readonly Violation[];
  /** Whether it was stopped before its end, so that no later task of its stage may count. */
  readonly isCut: boolean;
  /** A digest over the runs that were made twice; empty where none is. */
  readonly digest: string;
}

/** A part of a search. All its tasks are known before the first of them runs. */
export interface Stage<Task, Result extends TaskResult> {
  /** How many runs its tasks will make. */
  readonly planned: number;
  /** So many violating cases are enough: no further task of the stage is begun. */
  readonly violationsMax: number;
  tasks(): Iterable<Task>;
  /** Takes each result, in the order of the tasks. */
  onResult?(result: Result, task: Task): void;
}

/** All that a search goes through: one stage after the other, each made from what the ones before it came to. */
export interface SearchSpace<Task, Result extends TaskResult> {
  /** Asked for the next stage only when the one before it was searched to its end without a violation. */
  stages(): Iterable<Stage<Task, Result>>;
  /** What was planned and how far the search came, as evidence. Asked once, after the search. */
  coverage(): Partial<Evidence>;
}

/** Runs tasks. */
export interface TaskRunner<Task, Result extends TaskResult> {
  readonly lane: 'live' | 'sim';
  /** How many tasks may run at once. */
  readonly capacity: number;
  /** Whether a task always gives the same result: then one that was begun for nothing can be dropped, and is. */
  readonly isDeterministic: boolean;
  run(task: Task): Promise<Result>;
  /** Ends the tasks under way early, where that leaves a result; those come out cut. */
  stop(): void;
}
