import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstBad } from './first-bad.ts';

interface Line {
  readonly length: number;
  readonly broken: number;
  readonly untestable: ReadonlySet<number>;
}

/** Bisects a line of the commits 0 to `length`; 0 is good and the last one is bad. */
async function bisect({ length, broken, untestable }: Line): Promise<{ candidates: number[]; tested: number[] }> {
  const tested: number[] = [];
  const candidates = await firstBad({
    good: '0',
    bad: String(length),
    between: async (good, bad) => {
      const from = Math.max(...good.map(Number));
      const range = Array.from({ length: Number(bad) - from }, (_, index) => from + 1 + index);
      const distance = (commit: number): number => Math.min(commit - from, Number(bad) - commit);
      return range.toSorted((a, b) => distance(b) - distance(a)).map(String);
    },
    test: async (commit) => {
      tested.push(Number(commit));
      if (untestable.has(Number(commit))) return 'skipped';
      return Number(commit) < broken ? 'good' : 'bad';
    },
  });
  return { candidates: candidates.map(Number), tested };
}

const line = fc.integer({ min: 1, max: 80 }).chain((length) =>
  fc.record({
    length: fc.constant(length),
    broken: fc.integer({ min: 1, max: length }),
    untestable: fc.array(fc.integer({ min: 1, max: Math.max(1, length - 1) })).map((each) => new Set(each)),
  }),
);

test('the bisection of testable commits finds the first bad one, and halves them in each step', async () => {
  const { candidates, tested } = await bisect({ length: 64, broken: 40, untestable: new Set() });
  expect(candidates).toEqual([40]);
  expect(tested.length).toBeLessThanOrEqual(6);
});

test('the bisection returns exactly the commits that untestable ones leave possible, and tests no commit twice', async () => {
  await fc.assert(
    fc.asyncProperty(line, async ({ length, broken, untestable }) => {
      const { candidates, tested } = await bisect({ length, broken, untestable });
      const isBad = (commit: number): boolean => commit === length || (commit >= broken && !untestable.has(commit));
      const isGood = (commit: number): boolean => commit === 0 || (commit < broken && !untestable.has(commit));
      const all = Array.from({ length: length + 1 }, (_, commit) => commit);
      const first = all.findIndex(isBad);
      const last = all.findLastIndex(isGood);
      expect(candidates.toSorted((a, b) => a - b)).toEqual(all.slice(last + 1, first + 1));
      expect(new Set(tested).size).toBe(tested.length);
    }),
  );
});
