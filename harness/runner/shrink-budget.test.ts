import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ShrinkBounds, Shrunk } from './shrink.ts';
import { ShrinkBudget, type ShrinkBudgetOptions } from './shrink-budget.ts';

/** The bounds of successive shrinkings. Each tries the given number of candidates and, with a fake clock, lasts the given time. */
async function boundsOf(
  options: ShrinkBudgetOptions,
  tried: readonly number[],
  lastingMs: readonly number[] = [],
): Promise<(ShrinkBounds | undefined)[]> {
  const budget = new ShrinkBudget(options);
  const all: (ShrinkBounds | undefined)[] = [];
  for (const [index, count] of tried.entries()) {
    let own: ShrinkBounds | undefined;
    await budget.spend((bounds) => {
      own = bounds;
      if (lastingMs[index] !== undefined) vi.advanceTimersByTime(lastingMs[index]);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return Promise.resolve({ tried: count } as unknown as Shrunk);
    });
    all.push(own);
  }
  return all;
}

describe('the budget of a deterministic lane', () => {
  test('the budget of a deterministic lane is a number of candidates, which falls with each shrinking to one at least', async () => {
    const bounds = await boundsOf({ isDeterministic: true }, [6_000, 4_000, 5_000, 1]);
    expect(bounds.map((each) => each?.tries)).toEqual([6_000, 6_000, 2_000, 1]);
  });

  test('the budget of a deterministic lane is a time if one is given', async () => {
    const [bounds] = await boundsOf({ isDeterministic: true, shrinkTimeMs: 5_000 }, [1]);
    expect(bounds?.tries).toBe(Infinity);
    expect(bounds?.timeMs).toBeGreaterThan(0);
    expect(bounds?.timeMs).toBeLessThanOrEqual(3_750);
  });
});

describe('the budget of real processes', () => {
  test('the budget of real processes is largest for the first finding, which is the most promising', async () => {
    const bounds = await boundsOf({ isDeterministic: false }, [1, 1]);
    expect(bounds.map((each) => each?.timeMs)).toEqual([30_000, 10_000]);
  });

  test('the budget of real processes is for the first finding alone if the search ends at it', async () => {
    const bounds = await boundsOf({ isDeterministic: false, stopsAtFirst: true }, [1, 1]);
    expect(bounds.map((each) => each?.timeMs)).toEqual([30_000, undefined]);
  });

  test('the budget of real processes is half a minute for all later findings, and ends when less than a second remains', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const lasting = [30_000, 10_000, 9_500, 10_000];
    const bounds = await boundsOf({ isDeterministic: false }, [1, 1, 1, 1, 1], lasting);
    expect(bounds.map((each) => each?.timeMs)).toEqual([30_000, 10_000, 10_000, 10_000, undefined]);
  });

  test('the budget of real processes is for the first finding alone if the search ends at it, even with a given time', async () => {
    const bounds = await boundsOf({ isDeterministic: false, stopsAtFirst: true, shrinkTimeMs: 60_000 }, [1, 1]);
    expect(bounds.map((each) => each !== undefined)).toEqual([true, false]);
  });

  test('the budget of real processes is the given time, for all findings together', async () => {
    const bounds = await boundsOf({ isDeterministic: false, shrinkTimeMs: 60_000 }, [1, 1]);
    for (const each of bounds) {
      expect(each?.timeMs).toBeGreaterThan(30_000);
      expect(each?.timeMs).toBeLessThanOrEqual(45_000);
    }
    expect(await boundsOf({ isDeterministic: false, shrinkTimeMs: 0 }, [1])).toEqual([undefined]);
  });
});

describe('the budget of explaining', () => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const small = { tried: 1 } as unknown as Shrunk;

  test('the budget of explaining is half a minute if no time is given', () => {
    expect(new ShrinkBudget({ isDeterministic: false }).explainingMs()).toBe(30_000);
  });

  test('the budget of explaining is the part of the given time that shrinking did not use', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const budget = new ShrinkBudget({ isDeterministic: false, shrinkTimeMs: 60_000 });
    expect(budget.explainingMs()).toBe(60_000);
    await budget.spend(async () => {
      vi.advanceTimersByTime(20_000);
      return Promise.resolve(small);
    });
    // The time between, for example for confirming, does not count.
    vi.advanceTimersByTime(7_000);
    expect(budget.explainingMs()).toBe(40_000);
    await budget.spend(async ({ timeMs = 0 }) => {
      vi.advanceTimersByTime(timeMs);
      return Promise.resolve(small);
    });
    expect(budget.explainingMs()).toBe(15_000);
  });

  test('the budget of explaining is zero if the given time is zero', () => {
    expect(new ShrinkBudget({ isDeterministic: true, shrinkTimeMs: 0 }).explainingMs()).toBe(0);
  });
});
