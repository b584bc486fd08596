// A small case that kills B40, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that B40 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['L7', 'L1'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B40',
    seed: 995505694,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [{ site: 'statement', key: 'service-1 select provider_credentials', attempt: 0, choice: 'disconnect' }],
};
