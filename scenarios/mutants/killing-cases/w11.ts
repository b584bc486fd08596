// A small case that kills W11, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that W11 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S18'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills W11',
    seed: 1663253564,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 2, atMs: 100 }],
    faults: [],
  },
  deviations: [],
};
