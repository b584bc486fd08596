// A small case that kills M44, written by hand: the sixth failure finds the breaker OPEN.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M44 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['L6'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M44',
    seed: 1,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
      { kind: 'entry', campaign: 'campaign-2', tenant: 'tenant-1', messages: 1, atMs: 101 },
      { kind: 'entry', campaign: 'campaign-3', tenant: 'tenant-1', messages: 1, atMs: 102 },
      { kind: 'entry', campaign: 'campaign-4', tenant: 'tenant-1', messages: 1, atMs: 103 },
      { kind: 'entry', campaign: 'campaign-5', tenant: 'tenant-1', messages: 1, atMs: 104 },
      { kind: 'entry', campaign: 'campaign-6', tenant: 'tenant-1', messages: 1, atMs: 105 },
      { kind: 'entry', campaign: 'campaign-7', tenant: 'tenant-1', messages: 1, atMs: 5_000 },
    ],
    faults: [{ kind: 'latency', stream: 'downstream', latencyMs: 700, jitterMs: 0, fromMs: 0, untilMs: 900 }],
  },
  deviations: [],
};
