// A small case that kills W15, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that W15 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S24'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills W15',
    seed: 1351266030,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [],
  },
  deviations: [
    { site: 'statement', key: 'legacy-1 select campaign_sms', attempt: 0, choice: 'disconnect' },
    { site: 'statement', key: 'legacy-1 select campaign_sms', attempt: 1, choice: 'disconnect' },
  ],
};
