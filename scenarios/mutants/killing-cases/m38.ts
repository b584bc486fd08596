// A small case that kills M38, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M38 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S3', 'S19', 'S20', 'S1'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M38',
    seed: 1713418167,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 2, atMs: 100 }],
    faults: [],
  },
  deviations: [{ site: 'request', key: 'campaign-1#1+campaign-1#2', attempt: 0, choice: 'delay' }],
};
