import { expect, test } from 'vitest';
import { unitsIn } from './units.ts';

test.each([
  ['an integer', 7, 7],
  ['a bigint', '7', 7],
  ['a numeric', '7.00', 7],
  ['a negative decimal', '-3', -3],
])('a cell with %s is read as units', (_, cell, units) => {
  expect(unitsIn(cell, 'accounts.units')).toBe(units);
});

test.each([['7.5'], ['9007199254740993'], ['$7.00'], [''], [null], [undefined], [true]])(
  'the cell %j is refused',
  (cell) => {
    expect(() => unitsIn(cell, 'accounts.units')).toThrow(/^accounts.units: expected a whole number of units, found /);
  },
);
