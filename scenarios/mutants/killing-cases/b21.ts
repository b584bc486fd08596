// A small case that kills B21, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that B21 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['L2'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills B21',
    seed: 78154343,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [
      { kind: 'provider', system: 'service', outcome: 'slow', delayMs: 400, fromMs: 0, untilMs: 1500 },
      { kind: 'terminate', process: 'service', atMs: 150, graceMs: 600, restartAfterMs: 200 },
    ],
  },
  deviations: [],
};
