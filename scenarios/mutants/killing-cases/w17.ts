// A small case that kills W17, written by hand: the service is paused from the provider's answer until recovery is over.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that W17 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['L5'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills W17',
    seed: 1,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
      { kind: 'recover', atMs: 1_700 },
      { kind: 'reconcile' },
    ],
    faults: [{ kind: 'provider', system: 'service', outcome: 'slow', delayMs: 900, fromMs: 0, untilMs: 1_500 }],
  },
  deviations: [{ site: 'service', key: 'service-1', attempt: 9, choice: 'pause' }],
};
