// What runs the tasks of an exploration, and single cases beside them.
import type { Executor } from '../../execution/executor.ts';
import type { TaskRunner } from '../../execution/search-space.ts';
import type { ExplorationResult, Task } from './task.ts';

/** Workers with a simulator each. The same tasks come to the same results on any number of them. */
export interface WorkerPool extends TaskRunner<Task, ExplorationResult> {
  readonly lane: 'sim';
  readonly isDeterministic: true;
  /** The workers as a lane for single cases; a case that is to come after others gets a worker of its own. Closing it closes the pool. */
  asExecutor(): Executor;
  close(): Promise<void>;
}
