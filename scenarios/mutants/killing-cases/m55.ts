// A small case that kills M55, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M55 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S9', 'S10'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M55',
    seed: 0,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 2, atMs: 100 },
      { kind: 'entry', campaign: 'campaign-2', tenant: 'tenant-1', messages: 1, atMs: 100 },
    ],
    faults: [],
  },
  deviations: [],
};
