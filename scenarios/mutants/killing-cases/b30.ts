// A small case that kills B30, written by hand: no search draws it.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that B30 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S17'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B30',
    seed: 1,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
      { kind: 'reconcile', atMs: 200 },
    ],
    faults: [{ kind: 'latency', stream: 'downstream', latencyMs: 300, jitterMs: 0, fromMs: 0, untilMs: 1_500 }],
  },
  deviations: [],
};
