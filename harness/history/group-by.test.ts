import { expect, test } from 'vitest';
import { groupByEach } from './group-by.ts';

test('grouping puts a value once into the group of each of its keys', () => {
  const [one, other] = [{ keys: ['a', 'b', 'a'] }, { keys: ['a'] }];
  expect([...groupByEach([one, other], ({ keys }) => keys)]).toEqual([
    ['a', [one, other]],
    ['b', [one]],
  ]);
});
