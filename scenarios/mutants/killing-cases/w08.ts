// A small case that kills W08, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that W08 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S4'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills W08',
    seed: 507767876,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [
    { site: 'statement', key: 'service-1 select provider_credentials', attempt: 0, choice: 'disconnect' },
    { site: 'legacy', key: 'legacy-1', attempt: 12, choice: 'flip' },
  ],
};
