// A small case that kills W12, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that W12 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S1', 'S20'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills W12',
    seed: 0,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [
      { kind: 'breaker-open', breaker: 'live', fromMs: 600 },
      { kind: 'redelivery', campaign: 'campaign-1', atMs: 1000 },
    ],
  },
  deviations: [{ site: 'statement', key: 'service-1 call sa_claim', attempt: 0, choice: 'slow' }],
};
