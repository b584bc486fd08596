// A small case that kills M58, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M58 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S9', 'S10'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M58',
    seed: 7,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [{ site: 'statement', key: 'legacy-1 update quota_ledger', attempt: 0, choice: 'disconnect' }],
};
