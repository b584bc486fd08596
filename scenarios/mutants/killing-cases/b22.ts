// A small case that kills B22, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that B22 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S22'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B22',
    seed: 845180225,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [
      {
        kind: 'entry',
        campaign: 'campaign-1',
        tenant: 'tenant-1',
        messages: 2,
        providers: ['twilio', 'vonage'],
        atMs: 100,
      },
    ],
    faults: [],
  },
  deviations: [],
};
