// A small case that kills W04, written by hand.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that W04 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S15'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills W04',
    seed: 1,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [{ kind: 'reset', stream: 'downstream', fromMs: 0, untilMs: 1_500 }],
  },
  deviations: [],
};
