// What the main thread asks a worker thread of the sim lane, and what it answers.
import type { SimOptions } from './open-sim.ts';
import type { RunData, RunRecipe } from './made-run.ts';
import type { Unit, UnitOutcome } from './task.ts';

/** What a thread is started with. */
export interface ThreadData {
  readonly module: string;
  readonly sim: SimOptions | undefined;
  readonly progress: SharedArrayBuffer;
}

/** A single run: by its recipe, or as number `index` of a unit. */
export type WhichRun = RunRecipe | { readonly unit: Unit; readonly index: number };

/** `isAlone`: one run at a time. `livelockAt`: the event that did not come back the last time. */
export type Question =
  | { readonly kind: 'do'; readonly unit: Unit; readonly isAlone: boolean }
  | { readonly kind: 'make'; readonly which: WhichRun; readonly livelockAt?: number };

/** The answer to a question. */
export type Answer =
  { readonly kind: 'outcome'; readonly outcome: UnitOutcome } | { readonly kind: 'made'; readonly run: RunData };
