// A small case that kills M42, written by hand.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M42 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S15'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M42',
    seed: 1,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
      { kind: 'entry', campaign: 'campaign-2', tenant: 'tenant-1', messages: 1, atMs: 101 },
      { kind: 'entry', campaign: 'campaign-3', tenant: 'tenant-1', messages: 1, atMs: 102 },
      { kind: 'entry', campaign: 'campaign-4', tenant: 'tenant-1', messages: 1, atMs: 103 },
      { kind: 'entry', campaign: 'campaign-5', tenant: 'tenant-1', messages: 1, atMs: 104 },
    ],
    faults: [{ kind: 'reset', stream: 'downstream', fromMs: 0, untilMs: 1_500 }],
  },
  deviations: [],
};
