// A small case that kills B72, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that B72 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S12'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B72',
    seed: 1277272116,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [{ site: 'legacy', key: 'legacy-1', attempt: 12, choice: 'redeliver' }],
};
