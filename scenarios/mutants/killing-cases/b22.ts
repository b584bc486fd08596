// A small case that kills B22, as a search found it and shrinking left it.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case. */
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
