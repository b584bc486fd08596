// The requests of the main thread to a worker thread of the sim lane, and the answers.
import type { ObservedRun } from '../../execution/executor.ts';
import type { Case } from '../../formats/case.ts';
import type { RunsBefore } from '../../formats/runs-before.ts';
import type { WorldState } from '../../formats/dump.ts';
import type { SimOptions } from '../lane.ts';
import type { RanTask, Relived } from './relive.ts';
import type { ExplorationResult, Task } from './task.ts';
import type { Look } from './worker-pool.ts';

/** The data with which a thread starts. */
export interface ThreadData {
  readonly module: string;
  readonly sim: SimOptions | undefined;
  readonly progress: SharedArrayBuffer;
}

/**
 * A request. `isAlone`: the runs are made one at a time. `livelockAt`: the number of the event that did not end when the run was made
 * before.
 */
export type ThreadRequest =
  | { readonly kind: 'task'; readonly task: Task; readonly isAlone: boolean }
  | { readonly kind: 'livelock'; readonly task: Task; readonly index: number; readonly livelockAt: number }
  | { readonly kind: 'relive'; readonly tasks: readonly RanTask[] }
  | { readonly kind: 'case'; readonly case: Case; readonly after?: RunsBefore; readonly livelockAt?: number }
  | ({ readonly kind: 'look'; readonly livelockAt?: number } & Look);

/** The answer to a request. */
export type ThreadAnswer =
  | { readonly kind: 'result'; readonly result: ExplorationResult }
  | { readonly kind: 'relived'; readonly relived: Relived }
  | { readonly kind: 'observed'; readonly run: ObservedRun }
  | { readonly kind: 'seen'; readonly world: WorldState };
