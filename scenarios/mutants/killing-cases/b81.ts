// A small case that kills B81, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that B81 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S19'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B81',
    seed: 1663253564,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 2, atMs: 100 }],
    faults: [],
  },
  deviations: [],
};
