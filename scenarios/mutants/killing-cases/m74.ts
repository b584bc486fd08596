// A small case that kills M74, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M74 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S12'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M74',
    seed: 1663253564,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [{ site: 'provider', key: 'campaign-1#1', attempt: 0, choice: 'reject' }],
};
