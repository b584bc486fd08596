// Limits shrinking and explaining, so that certifying a broken system does not take much longer than a correct one. Real processes have a
// time limit. A deterministic lane has a limit of candidates, so that it always has the same result, unless the user gave a time.
import type { ShrinkBounds, Shrunk } from './shrink.ts';

/** The largest number of candidates of one shrinking, and of all together. */
const EACH_TRIES_MAX = 6_000;
const TRIES_MAX = 12_000;

/** The times for shrinking real runs: the first one, each other one, all others together, and the shortest time that is used. */
const FIRST_TIME_MS = 30_000;
const OTHER_TIME_MS = 10_000;
const OTHERS_TIME_MS = 30_000;
const LEAST_TIME_MS = 1_000;

/** The share of a given time that is reserved for explaining. */
const EXPLAINING_SHARE = 0.25;

/** The time for explaining if the user gave none. A deterministic lane needs much less, unless a broken system makes its runs very slow. */
const EXPLAINING_TIME_MS = 30_000;

/** What determines a budget. */
export interface ShrinkBudgetOptions {
  readonly isDeterministic: boolean;
  /** The time for shrinking and explaining all runs. Shrinking the first run can use everything except the share for explaining. */
  readonly shrinkTimeMs?: number | undefined;
  /** Whether only one run is shrunk on a lane of real processes. */
  readonly stopsAtFirst?: boolean | undefined;
}

/** The budget of one certification: for its shrinkings, one after the other, and then for explaining. */
export class ShrinkBudget {
  readonly #options: ShrinkBudgetOptions;
  readonly #startedMs = performance.now();
  #triesLeft = TRIES_MAX;
  #othersLeftMs: number;
  /** The milliseconds from the start to the end of the last shrinking. */
  #spentMs = 0;
  #isFirst = true;

  constructor(options: ShrinkBudgetOptions) {
    this.#options = options;
    this.#othersLeftMs = options.stopsAtFirst === true ? 0 : OTHERS_TIME_MS;
  }

  /** Shrinks within the remaining budget; undefined if nothing remains. */
  async spend(shrinkWithin: (bounds: ShrinkBounds) => Promise<Shrunk>): Promise<Shrunk | undefined> {
    const bounds = this.#options.isDeterministic ? this.#candidates() : this.#time();
    if (bounds === undefined) return undefined;
    const startedMs = performance.now();
    const shrunk = await shrinkWithin(bounds);
    this.#triesLeft = Math.max(1, this.#triesLeft - shrunk.tried);
    if (!this.#isFirst) this.#othersLeftMs -= performance.now() - startedMs;
    this.#isFirst = false;
    this.#spentMs = performance.now() - this.#startedMs;
    return shrunk;
  }

  /** The milliseconds for explaining: the part of a given time that shrinking did not use. */
  explainingMs(): number {
    const { shrinkTimeMs } = this.#options;
    return shrinkTimeMs === undefined ? EXPLAINING_TIME_MS : Math.max(0, shrinkTimeMs - this.#spentMs);
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
    return wholeMs * (1 - EXPLAINING_SHARE) - (performance.now() - this.#startedMs);
  }
}
