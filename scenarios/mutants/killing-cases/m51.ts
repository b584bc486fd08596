// A small case that kills M51, as a search found it and shrinking left it.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case. */
export const killingCase: KillingCase = {
  namedBy: ['S24'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M51',
    seed: 1531249512,
    tenants: [{ key: 'tenant-1', mode: 'SHADOW', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [{ site: 'answer', key: 'dry:campaign-1#1', attempt: 0, choice: 'delay' }],
};
