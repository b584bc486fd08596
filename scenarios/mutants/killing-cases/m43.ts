// A small case that kills M43, written by hand.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M43 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S15'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M43',
    seed: 1,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 800 },
      { kind: 'entry', campaign: 'campaign-2', tenant: 'tenant-1', messages: 1, atMs: 801 },
    ],
    faults: [
      { kind: 'breaker-open', breaker: 'live', fromMs: 0 },
      { kind: 'provider', system: 'service', outcome: 'slow', delayMs: 300, fromMs: 0, untilMs: 1_500 },
    ],
  },
  deviations: [],
};
