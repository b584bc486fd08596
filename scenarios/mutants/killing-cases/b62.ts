// A small case that kills B62, as a search found it and shrinking left it.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case. */
export const killingCase: KillingCase = {
  namedBy: ['S22'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B62',
    seed: 0,
    tenants: [
      { key: 'tenant-1', mode: 'ON', quota: 10 },
      { key: 'tenant-2', mode: 'ON', quota: 10 },
    ],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
      { kind: 'entry', campaign: 'campaign-2', tenant: 'tenant-2', messages: 1, atMs: 100 },
    ],
    faults: [],
  },
  deviations: [],
};
