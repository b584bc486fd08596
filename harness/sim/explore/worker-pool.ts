// The interface of a pool of workers, which runs the tasks of an exploration and also single cases.
import type { Executor } from '../../execution/executor.ts';
import type { TaskRunner } from '../../execution/search-space.ts';
import type { Case } from '../../formats/case.ts';
import type { WorldState } from '../../formats/dump.ts';
import type { RunsBefore } from '../../formats/runs-before.ts';
import type { ExplorationResult, Task } from './task.ts';

/** A request for the state of a run's world: the case, the runs before it in its process, and the moment at which the run stops. */
export interface Look {
  readonly case: Case;
  readonly after: RunsBefore;
  readonly untilMicros: number;
}

/** Workers, each with its own simulator. The same tasks have the same results on any number of workers. */
export interface WorkerPool extends TaskRunner<Task, ExplorationResult> {
  readonly lane: 'sim';
  readonly isDeterministic: true;
  /** The workers as a lane for single cases. A case that comes after given runs gets a fresh worker. Closing the lane closes the pool. */
  asExecutor(): Executor;
  /** Makes a run up to a moment, and returns the state of its world. */
  look(look: Look): Promise<WorldState>;
  close(): Promise<void>;
}
