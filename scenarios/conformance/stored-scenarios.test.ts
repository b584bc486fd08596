import { describe, expect, it } from 'vitest';
import { FAULT_LABELS, faultLabel } from '../../harness/faults/catalogue.ts';
import { someStoredScenarios, storedScenarios } from './stored-scenarios.ts';

/** Gates plant these; generators do not draw them. */
const PLANTED = /^(missing uuid|tamper )/;

describe('the stored scenarios', () => {
  it('are 300, each under a name of its own', () => {
    const all = storedScenarios();
    expect(all).toHaveLength(300);
    expect(new Set(all.map(({ name }) => name)).size).toBe(300);
  });

  it.each([100, 300])('have every kind of fault among %i of them', (count) => {
    const some = someStoredScenarios(count);
    expect(new Set(some).size).toBe(count);
    const there = new Set(some.flatMap(({ faults }) => faults.map(faultLabel)));
    expect(FAULT_LABELS.map(({ label }) => label).filter((label) => !PLANTED.test(label) && !there.has(label))).toEqual(
      [],
    );
  });
});
