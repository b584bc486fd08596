// How much shrinking and explaining there may be: a broken system must not take much longer to certify than one that passes. Real processes are
// bounded by time, a deterministic lane by candidates, so that it always has the same result, unless a time was given.
import type { ShrinkBounds, Shrunk } from './shrink.ts';

/** The candidates of one shrinking and of all together. */
const EACH_TRIES_MAX = 6_000;
const TRIES_MAX = 12_000;

/** On a lane of real processes: how long the most promising run may be shrunk, each other one, and all others together. */
const FIRST_TIME_MS = 30_000;
const OTHER_TIME_MS = 10_000;
const OTHERS_TIME_MS = 30_000;
const LEAST_TIME_MS = 1_000;

/** The part of a time that was asked for which is kept for explaining. */
const EXPLAINING_SHARE = 0.25;

/**
 * How long explaining may take where no time was asked for. A deterministic lane is done long before, unless its runs are as slow as those of
 * no system that works.
 */
const EXPLAINING_TIME_MS = 30_000;

/** What a budget is made of. */
export interface ShrinkBudgetOptions {
  readonly isDeterministic: boolean;
  /** For shrinking and explaining all runs; shrinking the most promising one may use up all but what is kept for explaining. */
  readonly shrinkTimeMs?: number | undefined;
  /** Whether only one run is shrunk on a lane of real processes. */
  readonly stopsAtFirst?: boolean | undefined;
}

/** The budget of one certification: for all shrinkings, which are made one after the other, and for the explaining after them. */
export class ShrinkBudget {
  readonly #options: ShrinkBudgetOptions;
  readonly #startedMs = performance.now();
  #triesLeft = TRIES_MAX;
  #othersLeftMs: number;
  /** When the last shrinking ended, counted from the beginning. */
  #spentMs = 0;
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
    this.#spentMs = performance.now() - this.#startedMs;
    return shrunk;
  }

  /** How long explaining may take: of a time that was asked for, what shrinking left of it. */
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
