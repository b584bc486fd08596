// A small case that kills M11, written by hand: no search draws an item without a uuid.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M11 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S6'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M11',
    seed: 1,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 0 }],
    faults: [{ kind: 'missing-uuid', item: 'campaign-1#1' }],
  },
  deviations: [],
};
