// A small case that kills M65.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M65 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S17'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M65',
    seed: 1,
    tenants: [{ key: 'tenant-1', mode: 'SHADOW', quota: 10 }],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
      { kind: 'reconcile' },
    ],
    faults: [],
  },
  deviations: [],
};
