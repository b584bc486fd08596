// A small case that kills W10, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that W10 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['L4'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills W10',
    seed: 212059505,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
      { kind: 'recover', atMs: 250 },
    ],
    faults: [{ kind: 'provider', system: 'service', outcome: 'slow', delayMs: 400, fromMs: 0, untilMs: 1500 }],
  },
  deviations: [],
};
