// A small case that kills M19, written by hand.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M19 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['L5'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M19',
    seed: 1,
    tenants: [{ key: 'tenant-1', mode: 'SHADOW', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [],
};
