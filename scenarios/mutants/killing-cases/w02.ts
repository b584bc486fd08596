// A small case that kills W02, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that W02 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S1'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills W02',
    seed: 7,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [{ site: 'commit', key: 'service-1', attempt: 2, choice: 'lose-commit' }],
};
