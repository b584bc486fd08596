// A small case that kills M49, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M49 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S4'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M49',
    seed: 56808893,
    tenants: [{ key: 'tenant-1', mode: 'on', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [],
};
