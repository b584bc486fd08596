// A small case that kills M69, as a search found it and shrinking left it.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case. */
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
