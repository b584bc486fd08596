// A small case that kills M34: the message is delivered again while the answer to it is late and the replica does not have it yet.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M34 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S1'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M34',
    seed: 0,
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
    faults: [
      { kind: 'latency', stream: 'downstream', latencyMs: 400, jitterMs: 0, fromMs: 0, untilMs: 1500 },
      { kind: 'redelivery', campaign: 'campaign-1', atMs: 300 },
    ],
  },
  deviations: [{ site: 'replica', key: 'service-1', attempt: 1, choice: 'lagging' }],
};
