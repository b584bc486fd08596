// A small case that kills W09, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that W09 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S23'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills W09',
    seed: 1692800160,
    tenants: [{ key: 'tenant-2', mode: 'SHADOW', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-2', messages: 9, atMs: 100 }],
    faults: [{ kind: 'redelivery', campaign: 'campaign-1', atMs: 500 }],
  },
  deviations: [],
};
