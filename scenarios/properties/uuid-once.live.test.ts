// Invariant 2: a message has one uuid, made before it is first on its way, whatever becomes of the call.
import { beforeAll, describe, expect, test } from 'vitest';
import { uuidOnce } from '../../harness/checkers/uuid-once.ts';
import { examineFamily, type Family, type FamilyVerdict } from './property-suite.ts';
import { enters, hasOnly, isRefused, losesAnswer } from './scenarios-that.ts';

const family: Family = {
  name: 'uuid-once',
  checkers: [uuidOnce],
  sorts: [
    (scenario) => enters(scenario, 'ON') && hasOnly(scenario, losesAnswer),
    (scenario) => enters(scenario, 'ON') && hasOnly(scenario, isRefused),
  ],
  mutants: ['M10'],
};

describe('uuid once', () => {
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
