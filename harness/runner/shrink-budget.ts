// How much shrinking there may be: a broken system must not take much longer to certify than one that passes. Real processes are bounded by
// time, a deterministic lane by candidates, so that it always has the same result, unless a time was given.
import type { ShrinkBounds, Shrunk } from './shrink.ts';

/** The candidates of one shrinking and of all together. */
const EACH_TRIES_MAX = 6_000;
const TRIES_MAX = 12_000;

/** On a lane of real processes: how long the most promising run may be shrunk, each other one, and all others together. */
const FIRST_TIME_MS = 30_000;
const OTHER_TIME_MS = 10_000;
const OTHERS_TIME_MS = 30_000;
const LEAST_TIME_MS = 1_000;

/** What a budget is made of. */
export interface ShrinkBudgetOptions {
  readonly isDeterministic: boolean;
  /** For all runs together; the most promising one may use it up. */
  readonly shrinkTimeMs?: number | undefined;
  /** Whether only one run is shrunk on a lane of real processes. */
  readonly stopsAtFirst?: boolean | undefined;
}

/** The budget of all shrinkings of one certification, which are made one after the other. */
export class ShrinkBudget {
  readonly #options: ShrinkBudgetOptions;
  readonly #startedMs = performance.now();
  #triesLeft = TRIES_MAX;
  #othersLeftMs: number;
  #isFirst = true;

  constructor(options: ShrinkBudgetOptions) {
    this.#options = options;
    this.#othersLeftMs = options.stopsAtFirst === true ? 0 : OTHERS_TIME_MS;
  }

  /** Shrinks within what is left; undefined where nothing is. */
  async spend(shrinkWithin: (bounds: ShrinkBounds) => Promise<Shrunk>): Promise<Shrunk | undefined> {
    const bounds = this.#options.isDeterministic ? this.#candidates() : this.#time();
    if (bounds === undefined) return undefined;
    const startedMs = performance.now();
    const shrunk = await shrinkWithin(bounds);
    this.#triesLeft = Math.max(1, this.#triesLeft - shrunk.tried);
    if (!this.#isFirst) this.#othersLeftMs -= performance.now() - startedMs;
    this.#isFirst = false;
    return shrunk;
  }

  #candidates(): ShrinkBounds {
    const { shrinkTimeMs } = this.#options;
    if (shrinkTimeMs !== undefined)
      return { tries: Number.POSITIVE_INFINITY, timeMs: Math.max(1, this.#leftOf(shrinkTimeMs)) };
    return { tries: Math.min(EACH_TRIES_MAX, this.#triesLeft) };
  }

  #time(): ShrinkBounds | undefined {
    const { shrinkTimeMs, stopsAtFirst = false } = this.#options;
    if (!this.#isFirst && stopsAtFirst) return undefined;
    const ownMs = this.#isFirst ? FIRST_TIME_MS : Math.min(OTHER_TIME_MS, this.#othersLeftMs);
    const timeMs = shrinkTimeMs === undefined ? ownMs : this.#leftOf(shrinkTimeMs);
    return timeMs < LEAST_TIME_MS && !(this.#isFirst && timeMs > 0) ? undefined : { timeMs };
  }

  #leftOf(wholeMs: number): number {
    return wholeMs - (performance.now() - this.#startedMs);
  }
}
