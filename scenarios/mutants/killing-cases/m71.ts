// A small case that kills M71, as a search found it and shrinking left it.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case. */
export const killingCase: KillingCase = {
  namedBy: ['L2', 'L4'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M71',
    seed: 7,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [],
};
