// What a lane offers to the runner: it takes a case and gives back what was observed, or says why it could not.
import type { Anomaly } from '../formats/anomaly.ts';
import type { Case, Deviation } from '../formats/case.ts';
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';
import type { RunsBefore } from '../formats/runs-before.ts';
import type { Refusal } from './refusal.ts';

/** What was observed of one run. Plain data, so that it can cross threads and be written to a file. */
export interface ObservedRun {
  readonly kind: 'history';
  readonly history: History;
  /** The deviations of the case that the run reached; they alone make the same run again. */
  readonly deviations: readonly Deviation[];
  readonly anomalies: readonly Anomaly[];
  /** On a lane whose processes outlive runs: the slot, and how many runs it had made before. */
  readonly place?: { readonly slot: number; readonly run: number };
}

/** How one case is run. */
export interface RunOptions {
  readonly signal?: AbortSignal;
  /** In a process that has run nothing but these; without it, in any process. */
  readonly after?: RunsBefore;
}

/** How one run of one case ended. `infrastructure` is a failure of the rig's own means, never of the system. */
export type RunOutcome = ObservedRun | { readonly kind: 'infrastructure'; readonly message: string };

/** A place where cases run. `run` may be called `capacity` times at once. */
export interface Executor {
  readonly lane: 'live' | 'sim';
  readonly capacity: number;
  /** Whether a case always gives the same history: then it need not be run twice, and one that differs is a defect of the rig. */
  readonly isDeterministic: boolean;
  /** Why the lane does not run a case, which is asked before anything runs; undefined when it does. */
  refusal(tried: Case): Refusal | undefined;
  /** Throws a UsageError for a case that the lane refuses. */
  run(tried: Case, options?: RunOptions): Promise<RunOutcome>;
  /**
   * The decisions that a counterexample is easiest to read with, the simplest first, each where it first comes up in the scenario. Only a
   * lane that decides has them.
   */
  simpleDecisions?(scenario: Scenario): readonly Deviation[];
  /** What the lane runs on, for certificates: versions of database, proxy, operating system; slots or workers. */
  describe(): Readonly<Record<string, string>>;
  close(): Promise<void>;
}
