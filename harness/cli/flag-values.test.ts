import { expect, test } from 'vitest';
import { parseDay } from './flag-values.ts';

const NOW = new Date('2027-01-25T23:30:00Z');

test.each([
  ['2027-01-31', '2027-01-31'],
  ['1d', '2027-01-26'],
  ['10d', '2027-02-04'],
  ['2w', '2027-02-08'],
])('%s is the day %s', (text, day) => {
  expect(parseDay(text, NOW)).toBe(day);
});

test.each(['', 'tomorrow', '0d', '10', '10h', '2m', '2027-02-31', '31.1.2027'])('%j is not a day', (text) => {
  expect(() => parseDay(text, NOW)).toThrow(
    'expected a day such as 2027-01-31, or days or weeks from today such as 10d or 2w',
  );
});
