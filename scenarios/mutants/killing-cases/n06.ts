// A small case that kills N06, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that N06 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S22'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills N06',
    seed: 56808893,
    tenants: [
      { key: 'tenant-1', mode: 'ON', quota: 10 },
      { key: 'tenant-2', mode: 'OFF', quota: 10 },
    ],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
      { kind: 'entry', campaign: 'campaign-2', tenant: 'tenant-2', messages: 1, atMs: 100 },
    ],
    faults: [],
  },
  deviations: [{ site: 'service', key: 'service-1', attempt: 1, choice: 'crash' }],
};
