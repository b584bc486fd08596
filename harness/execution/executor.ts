// What a lane offers to the runner: it takes a scenario and gives back a history, or says why it could not.
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';

/** How one run of one scenario ended. `infrastructure` is trouble of the rig's own means, never of the system. */
export type RunOutcome =
  | { readonly kind: 'history'; readonly history: History }
  | { readonly kind: 'infrastructure'; readonly message: string };

/** A place where scenarios run. `run` may be called `capacity` times at once. */
export interface Lane {
  readonly name: 'live' | 'sim';
  readonly capacity: number;
  run(scenario: Scenario, options?: { readonly signal?: AbortSignal }): Promise<RunOutcome>;
  /** What the lane runs on, for certificates: versions of database, proxy, operating system; slots. */
  describe(): Readonly<Record<string, string>>;
  close(): Promise<void>;
}
