import { expect, test } from 'vitest';
import { countOf, grouped, timesOf } from './counted-words.ts';

test('a count has its digits in groups of three, alone, with its noun and as a number of times', () => {
  expect([999, 1_000, 46_850, 1_234_567].map(grouped)).toEqual(['999', '1,000', '46,850', '1,234,567']);
  expect([1, 2, 2_000].map((count) => countOf(count, 'run'))).toEqual(['1 run', '2 runs', '2,000 runs']);
  expect([0, 1, 2, 2_000].map(timesOf)).toEqual(['0 times', 'once', 'twice', '2,000 times']);
});
