import { expect, test } from 'vitest';
import { groupByEach } from './group-by.ts';

test('grouping puts a value in the group of each of its keys, and once in it', () => {
  const [one, other] = [{ keys: ['a', 'b', 'a'] }, { keys: ['a'] }];
  expect([...groupByEach([one, other], ({ keys }) => keys)]).toEqual([
    ['a', [one, other]],
    ['b', [one]],
  ]);
});
