// A small case that kills B51, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that B51 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S4', 'S16', 'L8'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B51',
    seed: 735434981,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
      { kind: 'entry', campaign: 'campaign-2', tenant: 'tenant-1', messages: 1, atMs: 3500 },
    ],
    faults: [],
  },
  deviations: [{ site: 'legacy', key: 'legacy-1', attempt: 3, choice: 'flip' }],
};
