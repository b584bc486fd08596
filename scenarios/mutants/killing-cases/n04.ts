// A small case that kills N04, as a search found it and shrinking left it.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case. */
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
