// A small case that kills B08, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that B08 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['L2'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B08',
    seed: 1481680454,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
      { kind: 'entry', campaign: 'campaign-2', tenant: 'tenant-1', messages: 1, atMs: 3500 },
    ],
    faults: [
      { kind: 'provider', system: 'service', outcome: 'accept-lose-reply', delayMs: 0, fromMs: 0, untilMs: 1500 },
    ],
  },
  deviations: [],
};
