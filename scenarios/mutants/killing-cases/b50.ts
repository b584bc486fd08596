// A small case that kills B50, as a search found it and shrinking left it.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case. */
export const killingCase: KillingCase = {
  namedBy: ['S24'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B50',
    seed: 941737889,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 1 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 2, atMs: 100 }],
    faults: [],
  },
  deviations: [],
};
