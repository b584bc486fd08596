// A small case that kills M36, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M36 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S12'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M36',
    seed: 7,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [{ site: 'commit', key: 'service-1', attempt: 0, choice: 'lose-acknowledgement' }],
};
