import { expect, test } from 'vitest';
import { FAULT_NAMES, isAbsent } from './absent.ts';
import type { Fault } from './catalogue.ts';

const crash: Fault = { kind: 'crash', process: 'legacy', atMs: 0, restartAfterMs: 100 };

test('a fault is absent if its kind or its label is declared absent', () => {
  expect(isAbsent(crash, ['crash'])).toBe(true);
  expect(isAbsent(crash, ['crash legacy'])).toBe(true);
  expect(isAbsent(crash, ['crash service', 'pause'])).toBe(false);
  expect(isAbsent(crash, [])).toBe(false);
});

test('the names of faults are their kinds and labels, each once', () => {
  expect(FAULT_NAMES).toEqual(expect.arrayContaining(['crash', 'crash legacy', 'breaker-open', 'latency downstream']));
  expect(new Set(FAULT_NAMES).size).toBe(FAULT_NAMES.length);
});
