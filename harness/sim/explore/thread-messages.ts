// What the main thread asks a worker thread of the sim lane, and what it answers.
import type { ObservedRun } from '../../execution/executor.ts';
import type { Case } from '../../formats/case.ts';
import type { RunsBefore } from '../../formats/runs-before.ts';
import type { WorldState } from '../../formats/dump.ts';
import type { SimOptions } from '../lane.ts';
import type { RanTask, Relived } from './relive.ts';
import type { ExplorationResult, Task } from './task.ts';
import type { Look } from './worker-pool.ts';

/** What a thread is started with. */
export interface ThreadData {
  readonly module: string;
  readonly sim: SimOptions | undefined;
  readonly progress: SharedArrayBuffer;
}

/** `isAlone`: one run at a time. `livelockAt`: the event of the run that did not come back the last time. */
export type ThreadRequest =
  | { readonly kind: 'task'; readonly task: Task; readonly isAlone: boolean }
  | { readonly kind: 'livelock'; readonly task: Task; readonly index: number; readonly livelockAt: number }
  | { readonly kind: 'relive'; readonly tasks: readonly RanTask[] }
  | { readonly kind: 'case'; readonly case: Case; readonly after?: RunsBefore; readonly livelockAt?: number }
  | ({ readonly kind: 'look'; readonly livelockAt?: number } & Look);

/** The answer to a question. */
export type ThreadAnswer =
  | { readonly kind: 'result'; readonly result: ExplorationResult }
  | { readonly kind: 'relived'; readonly relived: Relived }
  | { readonly kind: 'observed'; readonly run: ObservedRun }
  | { readonly kind: 'seen'; readonly world: WorldState };
