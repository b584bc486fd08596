// A small case that kills M21, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M21 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S5', 'S4', 'S1'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M21',
    seed: 1531249512,
    tenants: [{ key: 'tenant-1', mode: 'SHADOW', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [],
};
