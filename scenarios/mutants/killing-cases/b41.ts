// A small case that kills B41, written by hand.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that B41 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['L6'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B41',
    seed: 1,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 2_000 }],
    faults: [{ kind: 'breaker-open', breaker: 'live', fromMs: 0 }],
  },
  deviations: [],
};
