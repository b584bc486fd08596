// What the main thread asks a worker thread of the sim lane, and what it answers.
import type { SimOptions } from './open-sim.ts';
import type { Unit, UnitOutcome } from './unit.ts';

/** What a thread is started with. */
export interface ThreadData {
  readonly module: string;
  readonly sim: SimOptions | undefined;
  readonly progress: SharedArrayBuffer;
}

/** `isAlone`: one run at a time. `name`: which run is number `index` of the unit? */
export type Question =
  | { readonly kind: 'do'; readonly unit: Unit; readonly isAlone: boolean }
  | { readonly kind: 'name'; readonly unit: Unit; readonly index: number };

/** The answer to a question. */
export type Answer =
  { readonly kind: 'outcome'; readonly outcome: UnitOutcome } | { readonly kind: 'token'; readonly token: string };
