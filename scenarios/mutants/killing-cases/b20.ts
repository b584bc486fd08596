// A small case that kills B20, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that B20 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S8', 'S9', 'S10', 'L1'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B20',
    seed: 7,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [{ site: 'service', key: 'service-1', attempt: 3, choice: 'pause' }],
};
