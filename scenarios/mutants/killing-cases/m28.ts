// A small case that kills M28, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M28 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S1', 'S2'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M28',
    seed: 878880253,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 3, atMs: 100 }],
    faults: [{ kind: 'redelivery', campaign: 'campaign-1', atMs: 500 }],
  },
  deviations: [{ site: 'service', key: 'service-1', attempt: 21, choice: 'pause' }],
};
