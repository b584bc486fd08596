// A small case that kills M72, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M72 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['L3'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M72',
    seed: 56808893,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [{ kind: 'refuse', fromMs: 0, untilMs: 1500 }],
  },
  deviations: [],
};
