// Invariant 4: a message is charged once if it is to be charged, an account loses what was sent, and no tenant sends on another's account.
import { beforeAll, describe, expect, test } from 'vitest';
import { conservation } from '../../harness/checkers/conservation.ts';
import { quotaOnce } from '../../harness/checkers/quota-once.ts';
import { tenantIsolation } from '../../harness/checkers/tenant-isolation.ts';
import { examineFamily, type Family, type FamilyVerdict } from './property-suite.ts';
import { enters, hasOnly, losesAnswer } from './scenarios-that.ts';

const family: Family = {
  name: 'quota',
  checkers: [quotaOnce, conservation, tenantIsolation],
  sorts: [(scenario) => scenario.tenants.length > 1 && enters(scenario, 'ON') && hasOnly(scenario, losesAnswer)],
  mutants: ['M53', 'N06'],
};

describe('quota and accounts', () => {
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
