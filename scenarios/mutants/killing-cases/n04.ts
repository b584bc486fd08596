// A small case that kills N04, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that N04 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S17'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills N04',
    seed: 0,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 2, numbers: 'equal', atMs: 100 },
      { kind: 'reconcile' },
    ],
    faults: [],
  },
  deviations: [],
};
