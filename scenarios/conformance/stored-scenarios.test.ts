// The selections of stored scenarios contain every kind of fault that the generator draws.
import { describe, expect, test } from 'vitest';
import { FAULT_DEFINITIONS, faultLabel } from '../../harness/faults/catalogue.ts';
import { someStoredScenarios, storedScenarios } from './stored-scenarios.ts';

/** The labels of faults that the generator draws. The other faults are only in gates and strata. */
const DRAWN = FAULT_DEFINITIONS.filter(({ random }) => random !== undefined && random.weight > 0).flatMap(
  ({ labels }) => labels.map(({ label }) => label),
);

describe('the stored scenarios', () => {
  test('the stored scenarios are 306, with different names', () => {
    const all = storedScenarios();
    expect(all).toHaveLength(306);
    expect(new Set(all.map(({ name }) => name)).size).toBe(306);
  });

  test.each([100, 300])('the stored scenarios include every drawn kind of fault among %i of them', (count) => {
    const some = someStoredScenarios(count);
    expect(new Set(some).size).toBe(count);
    const there = new Set(some.flatMap(({ faults }) => faults.map(faultLabel)));
    expect(DRAWN.filter((label) => !there.has(label))).toEqual([]);
    expect(DRAWN).toHaveLength(26);
  });
});
