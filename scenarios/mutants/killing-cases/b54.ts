// A small case that kills B54, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that B54 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S5', 'S4'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B54',
    seed: 1261055854,
    tenants: [{ key: 'tenant-1', mode: 'SHADOW', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [
    { site: 'statement', key: 'legacy-1 call sa_claim', attempt: 0, choice: 'slow' },
    { site: 'statement', key: 'legacy-1 select provider_credentials', attempt: 0, choice: 'disconnect' },
  ],
};
