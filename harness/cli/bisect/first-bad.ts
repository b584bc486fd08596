// Finds the first bad commit by halving. Commits that cannot be tested are left out, and those near them are tried later.
import type { BisectStep } from '../../formats/bisect.ts';

/** What halving needs. */
export interface HalvingOptions {
  readonly good: string;
  readonly bad: string;
  /** The commits that a bad one has and the good ones have not, the one that halves them best first. */
  between(good: readonly string[], bad: string): Promise<readonly string[]>;
  /** Tests a commit; `left` is how many others may still be the first bad one. */
  test(commit: string, left: number): Promise<BisectStep['outcome']>;
}

/** Commits beside one that cannot be tested often cannot be tested either: with each the next is taken from this share further off. */
const AWAY = 1 / 8;
const AWAY_MAX = 1 / 2;

/**
 * The commits that may be the first bad one: one if every commit could be tested, else it and those that could not be separated from it.
 */
export async function firstBad({ good, bad, between, test }: HalvingOptions): Promise<readonly string[]> {
  const skipped = new Set<string>();
  const goods = [good];
  let worst = bad;
  for (;;) {
    const range = await between(goods, worst);
    const left = range.filter((commit) => commit !== worst && !skipped.has(commit));
    if (left.length === 0) return [worst, ...range.filter((commit) => commit !== worst)];
    const passed = range.filter((commit) => skipped.has(commit)).length;
    const chosen = left[Math.floor(left.length * Math.min(AWAY_MAX, AWAY * passed))] ?? worst;
    const outcome = await test(chosen, left.length);
    if (outcome === 'good') goods.push(chosen);
    else if (outcome === 'bad') worst = chosen;
    else skipped.add(chosen);
  }
}
