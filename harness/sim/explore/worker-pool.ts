// What runs the tasks of an exploration, and single cases beside them.
import type { Executor } from '../../execution/executor.ts';
import type { TaskRunner } from '../../execution/search-space.ts';
import type { Case } from '../../formats/case.ts';
import type { WorldState } from '../../formats/dump.ts';
import type { RunsBefore } from '../../formats/runs-before.ts';
import type { ExplorationResult, Task } from './task.ts';

/** A look at the world of a run: the case, the runs that it comes after, and the moment at which it is stopped. */
export interface Look {
  readonly case: Case;
  readonly after: RunsBefore;
  readonly untilMicros: number;
}

/** Workers with a simulator each. The same tasks have the same results on any number of them. */
export interface WorkerPool extends TaskRunner<Task, ExplorationResult> {
  readonly lane: 'sim';
  readonly isDeterministic: true;
  /** The workers as a lane for single cases; a case that is to come after others gets a worker of its own. Closing it closes the pool. */
  asExecutor(): Executor;
  /** Makes a run up to a moment, and answers what the world is then. */
  look(look: Look): Promise<WorldState>;
  close(): Promise<void>;
}
