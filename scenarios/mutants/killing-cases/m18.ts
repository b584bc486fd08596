// A small case that kills M18, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M18 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S11'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M18',
    seed: 1825364769,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 2, atMs: 100 }],
    faults: [
      { kind: 'latency', stream: 'downstream', latencyMs: 600, jitterMs: 0, fromMs: 0, untilMs: 1500 },
      { kind: 'redelivery', campaign: 'campaign-1', atMs: 500 },
    ],
  },
  deviations: [
    { site: 'provider', key: 'campaign-1#1', attempt: 0, choice: 'error-not-accepted' },
    { site: 'provider', key: 'campaign-1#2', attempt: 0, choice: 'reject' },
  ],
};
