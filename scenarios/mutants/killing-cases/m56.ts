// A small case that kills M56, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M56 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S10'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M56',
    seed: 0,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 1 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 2, atMs: 100 }],
    faults: [],
  },
  deviations: [],
};
