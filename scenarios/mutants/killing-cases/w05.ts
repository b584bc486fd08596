// A small case that kills W05, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that W05 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S9', 'S10', 'L5'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills W05',
    seed: 0,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
      { kind: 'recover', atMs: 1700 },
    ],
    faults: [{ kind: 'provider', system: 'service', outcome: 'slow', delayMs: 900, fromMs: 0, untilMs: 1500 }],
  },
  deviations: [{ site: 'service', key: 'service-1', attempt: 9, choice: 'pause' }],
};
