// A small case that kills M69, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M69 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S1', 'S2'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M69',
    seed: 0,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
      { kind: 'reconcile', atMs: 1000 },
    ],
    faults: [{ kind: 'provider', system: 'service', outcome: 'slow', delayMs: 600, fromMs: 0, untilMs: 1500 }],
  },
  deviations: [],
};
