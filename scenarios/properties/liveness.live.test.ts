// Every message comes to an end: the right one without faults, the fallback's while the service cannot be reached.
import { beforeAll, describe, expect, test } from 'vitest';
import { fallbackWorks } from '../../harness/checkers/fallback-works.ts';
import { noFaultNoDoubt, terminal } from '../../harness/checkers/liveness.ts';
import { examineFamily, type Family, type FamilyVerdict } from './property-suite.ts';
import { enters, hasOnly, isRefused, isSlow } from './scenarios-that.ts';

const family: Family = {
  name: 'liveness',
  checkers: [terminal, noFaultNoDoubt, fallbackWorks],
  sorts: [
    (scenario) => enters(scenario, 'ON', 2) && hasOnly(scenario, isRefused),
    (scenario) => enters(scenario, 'ON') && scenario.faults.length === 0,
    (scenario) => enters(scenario, 'ON') && hasOnly(scenario, isSlow),
  ],
  mutants: ['B02', 'M71', 'B06'],
};

describe('liveness', () => {
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
