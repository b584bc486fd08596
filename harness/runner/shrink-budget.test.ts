import { describe, expect, test } from 'vitest';
import type { ShrinkBounds, Shrunk } from './shrink.ts';
import { ShrinkBudget, type ShrinkBudgetOptions } from './shrink-budget.ts';

/** The bounds that shrinkings get one after the other, each of which tries so many candidates. */
async function boundsOf(options: ShrinkBudgetOptions, tried: readonly number[]): Promise<(ShrinkBounds | undefined)[]> {
  const budget = new ShrinkBudget(options);
  const all: (ShrinkBounds | undefined)[] = [];
  for (const count of tried) {
    let own: ShrinkBounds | undefined;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    await budget.spend((bounds) => Promise.resolve({ tried: count, bounds: (own = bounds) } as unknown as Shrunk));
    all.push(own);
  }
  return all;
}

describe('the budget of a deterministic lane', () => {
  test('the budget of a deterministic lane is counted in candidates, fewer when they are used up, but at least one', async () => {
    const bounds = await boundsOf({ isDeterministic: true }, [6_000, 4_000, 5_000, 1]);
    expect(bounds.map((each) => each?.tries)).toEqual([6_000, 6_000, 2_000, 1]);
  });

  test('the budget of a deterministic lane is a time where one is given', async () => {
    const [bounds] = await boundsOf({ isDeterministic: true, shrinkTimeMs: 5_000 }, [1]);
    expect(bounds?.tries).toBe(Infinity);
    expect(bounds?.timeMs).toBeGreaterThan(0);
    expect(bounds?.timeMs).toBeLessThanOrEqual(5_000);
  });
});

describe('the budget of real processes', () => {
  test('the budget of real processes is largest for the first finding, which is the most promising', async () => {
    const bounds = await boundsOf({ isDeterministic: false }, [1, 1]);
    expect(bounds.map((each) => each?.timeMs)).toEqual([30_000, 10_000]);
  });

  test('the budget of real processes is for the first finding alone where the search was to end at it', async () => {
    const bounds = await boundsOf({ isDeterministic: false, stopsAtFirst: true }, [1, 1]);
    expect(bounds.map((each) => each?.timeMs)).toEqual([30_000, undefined]);
  });

  test('the budget of real processes is the given time, for all findings together', async () => {
    const bounds = await boundsOf({ isDeterministic: false, shrinkTimeMs: 60_000 }, [1, 1]);
    for (const each of bounds) expect(each?.timeMs).toBeGreaterThan(30_000);
    expect(await boundsOf({ isDeterministic: false, shrinkTimeMs: 0 }, [1])).toEqual([undefined]);
  });
});
