// Invariant 1: one system sends a message, in the mode and for the cause that allow it, within the budget, and says so.
import { beforeAll, describe, expect, test } from 'vitest';
import { atMostOnce } from '../../harness/checkers/at-most-once.ts';
import { budget } from '../../harness/checkers/budget.ts';
import { logEvidence } from '../../harness/checkers/log-evidence.ts';
import { modeConformance } from '../../harness/checkers/mode-conformance.ts';
import { singleAuthority } from '../../harness/checkers/single-authority.ts';
import { examineFamily, type Family, type FamilyVerdict } from './property-suite.ts';
import { enters, hasOnly, isRefused, losesAnswer } from './scenarios-that.ts';

const family: Family = {
  name: 'single-authority',
  checkers: [atMostOnce, singleAuthority, modeConformance, budget, logEvidence],
  sorts: [
    (scenario) => enters(scenario, 'ON') && hasOnly(scenario, losesAnswer),
    (scenario) => enters(scenario, 'ON') && hasOnly(scenario, isRefused),
    (scenario) => enters(scenario, 'SHADOW') && scenario.faults.length === 0,
  ],
  mutants: ['M01', 'M21', 'M05', 'B05'],
};

describe('single authority', () => {
  let verdict: FamilyVerdict;
  beforeAll(async () => {
    verdict = await examineFamily(family);
  });

  test('the reference violates none of the properties', () => {
    const { reference, seed } = verdict;
    expect(reference.findings, `ONESEND_SEED=${seed}`).toEqual([]);
    expect(reference.trouble).toEqual([]);
  });

  test('every property had a chance to be violated', () => {
    expect(verdict.reference.unexercised, `ONESEND_SEED=${verdict.seed}`).toEqual([]);
  });

  test.each(family.mutants)('the same scenarios find mutant %s', (id) => {
    const report = verdict.mutants.get(id);
    expect(report?.named, `ONESEND_SEED=${verdict.seed} ${JSON.stringify(report)}`).not.toEqual([]);
  });
});
