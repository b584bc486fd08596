// A small case that kills W06, written by hand: no search tampers with logs.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that W06 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S17'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills W06',
    seed: 1,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
      { kind: 'reconcile' },
    ],
    faults: [{ kind: 'tamper', mismatch: 'missing_in_laravel', item: 'campaign-1#1' }],
  },
  deviations: [],
};
