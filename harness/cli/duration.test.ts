import { expect, test } from 'vitest';
import { parseDuration } from './duration.ts';

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
  '%j is no duration',
  (text) => {
    expect(() => parseDuration(text)).toThrow('expected a duration above zero such as 500ms, 30s or 10m');
  },
);
