import { expect, test } from 'vitest';
import { parseDays, parseDuration, parseInstant } from './duration.ts';

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['1.5s', 1_500],
  ['10m', 600_000],
  ['1h', 3_600_000],
])('%s is %d milliseconds', (text, durationMs) => {
  expect(parseDuration(text)).toBe(durationMs);
});

test.each(['', '10', 's', '-5s', '0s', '0.1ms', '10 minutes', '1e3s', '10x', '9999999999999h'])(
  '%j is not a duration',
  (text) => {
    expect(() => parseDuration(text)).toThrow('expected a duration above zero such as 500ms, 30s or 10m');
  },
);

test.each([
  ['503ms', 503],
  ['0ms', 0],
  ['101.35ms', 101.35],
  ['1.2s', 1_200],
])('the instant %s of a run is its millisecond %d', (text, ms) => {
  expect(parseInstant(text)).toBe(ms);
});

test.each(['', '503', '-1ms', 'now'])('%j is not an instant of a run', (text) => {
  expect(() => parseInstant(text)).toThrow('expected a time since the start of the run such as 503ms or 1.2s');
});

test.each([
  ['10d', 10],
  [' 1d ', 1],
  ['2w', 14],
  ['2099-01-31', undefined],
  ['0d', undefined],
  ['1.5d', undefined],
  ['10', undefined],
  ['-1d', undefined],
  ['100000d', undefined],
])('%j is %s days', (text, days) => {
  expect(parseDays(text)).toBe(days);
});
