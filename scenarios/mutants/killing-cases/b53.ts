// A small case that kills B53, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that B53 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S13'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B53',
    seed: 1531249512,
    tenants: [{ key: 'tenant-1', mode: 'SHADOW', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 2, atMs: 100 }],
    faults: [],
  },
  deviations: [],
};
