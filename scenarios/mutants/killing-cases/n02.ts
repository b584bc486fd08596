// A small case that kills N02, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that N02 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S9', 'S10'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills N02',
    seed: 0,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [{ kind: 'redelivery', campaign: 'campaign-1', atMs: 500 }],
  },
  deviations: [{ site: 'answer', key: 'campaign-1#1', attempt: 0, choice: 'delay' }],
};
