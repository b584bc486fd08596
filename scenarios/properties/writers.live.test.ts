// Invariant 3: each log has one writer, and what it writes is true.
import { beforeAll, describe, expect, test } from 'vitest';
import { logTruth } from '../../harness/checkers/log-truth.ts';
import { writers } from '../../harness/checkers/writers.ts';
import { examineFamily, type Family, type FamilyVerdict } from './property-suite.ts';
import { enters, hasOnly, isRefused } from './scenarios-that.ts';

const family: Family = {
  name: 'writers',
  checkers: [writers, logTruth],
  sorts: [(scenario) => enters(scenario, 'ON') && hasOnly(scenario, isRefused)],
  mutants: ['M61', 'B04'],
};

describe('writers', () => {
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
