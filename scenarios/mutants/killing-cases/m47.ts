// A small case that kills M47, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M47 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S16'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M47',
    seed: 507767876,
    tenants: [{ key: 'tenant-1', mode: 'SHADOW', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [{ site: 'legacy', key: 'legacy-1', attempt: 2, choice: 'flip' }],
};
