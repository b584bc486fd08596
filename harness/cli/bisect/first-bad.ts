// Finds the first bad commit by bisection. Untestable commits are skipped, and commits near them are tried later.
import type { BisectStep } from '../../formats/bisect.ts';

/** The two ends of a bisection, and how to list and test commits. */
export interface HalvingOptions {
  readonly good: string;
  readonly bad: string;
  /** A bad commit and its ancestors, without the good ones and theirs; the one that halves them best is first. */
  between(good: readonly string[], bad: string): Promise<readonly string[]>;
  /** Tests a commit; `left` is the number of commits that are not tested yet, this one included. */
  test(commit: string, left: number): Promise<BisectStep['outcome']>;
}

/**
 * Neighbours of an untestable commit are often untestable too. With each untestable commit in the range, the next one is chosen this share of
 * the range further from the middle, up to AWAY_MAX.
 */
const AWAY = 1 / 8;
const AWAY_MAX = 1 / 2;

/**
 * The commits that can be the first bad one: the earliest one known to be bad, and the untestable ones between it and the last good one.
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
