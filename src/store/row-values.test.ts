// How values from the database are read.
import { expect, test } from 'vitest';
import { isoTime } from './row-values.ts';

test.each([
  ['2026-01-02 03:04:05.6+00', '2026-01-02T03:04:05.600000Z'],
  ['2026-01-02 03:04:05+00', '2026-01-02T03:04:05.000000Z'],
  ['2026-01-02 03:04:05.123456+00', '2026-01-02T03:04:05.123456Z'],
  ['infinity', 'infinity'],
])('the time %s is read as %s', (text, expected) => {
  expect(isoTime(text)).toBe(expected);
});
