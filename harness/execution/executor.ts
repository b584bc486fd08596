// The interface of a lane to the runner: it takes a case, and returns what was observed or why the run failed.
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
  /** The deviations of the case that the run reached. The scenario with these alone gives the same run. */
  readonly deviations: readonly Deviation[];
  readonly anomalies: readonly Anomaly[];
  /** On a lane whose processes outlive runs: the slot, and how many runs it had made before this one. */
  readonly place?: { readonly slot: number; readonly run: number };
}

/** How one case is run. */
export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Runs the case in a process that has run exactly these before; without it, in any process. */
  readonly after?: RunsBefore;
}

/** How one run of one case ended. `infrastructure` is a failure of the rig or of its servers, never of the system under test. */
export type RunOutcome = ObservedRun | { readonly kind: 'infrastructure'; readonly message: string };

/** A place where cases run. At most `capacity` calls of `run` can be in flight. */
export interface Executor {
  readonly lane: 'live' | 'sim';
  readonly capacity: number;
  /** Whether a case always gives the same history. Then one run of a case is enough, and a history that differs is a defect of the rig. */
  readonly isDeterministic: boolean;
  /** Why the lane cannot run a case; undefined when it can. Callers ask before anything runs. */
  refusal(tried: Case): Refusal | undefined;
  /** Throws a UsageError for a case that the lane refuses. */
  run(tried: Case, options?: RunOptions): Promise<RunOutcome>;
  /**
   * The decisions that make a counterexample easiest to read, the simplest first, each at its first occurrence in the scenario. Absent on a
   * lane that makes no decisions.
   */
  simpleDecisions?(scenario: Scenario): readonly Deviation[];
  /** What the lane runs on, for certificates: versions of database, proxy, operating system; slots or workers. */
  describe(): Readonly<Record<string, string>>;
  close(): Promise<void>;
}
