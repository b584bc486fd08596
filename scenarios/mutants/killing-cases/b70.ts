// A small case that kills B70, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that B70 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S18'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B70',
    seed: 818630961,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [{ site: 'client', key: 'campaign-1#1', attempt: 0, choice: 'another-text' }],
};
