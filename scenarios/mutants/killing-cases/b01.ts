// A small case that kills B01, written by hand.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that B01 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S15'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B01',
    seed: 1,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [{ kind: 'breaker-open', breaker: 'live', fromMs: 0 }],
  },
  deviations: [],
};
