// A small case that kills B53, as a search found it and shrinking left it.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case. */
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
