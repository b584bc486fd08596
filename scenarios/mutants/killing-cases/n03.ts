// A small case that kills N03, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that N03 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S1'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills N03',
    seed: 0,
    tenants: [{ key: 'tenant-1', mode: 'SHADOW', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [{ kind: 'refuse', fromMs: 0, untilMs: 1500 }],
  },
  deviations: [],
};
