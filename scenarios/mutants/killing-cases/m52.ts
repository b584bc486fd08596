// A small case that kills M52, found by a search and shrunk.
import type { KillingCase } from '../../../harness/runner/mutant.ts';

/** The case, and the properties that M52 violates in it. */
export const killingCase: KillingCase = {
  namedBy: ['S13'],
  scenario: {
    format: 'onesend.scenario/1',
    name: 'what kills M52',
    seed: 1798495966,
    tenants: [
      { key: 'tenant-1', mode: 'OFF', quota: 10 },
      { key: 'tenant-2', mode: 'SHADOW', quota: 10 },
    ],
    steps: [
      { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 },
      { kind: 'entry', campaign: 'campaign-2', tenant: 'tenant-2', messages: 1, atMs: 100 },
      { kind: 'entry', campaign: 'campaign-3', tenant: 'tenant-1', messages: 2, atMs: 100 },
      { kind: 'entry', campaign: 'campaign-4', tenant: 'tenant-2', messages: 2, atMs: 100 },
    ],
    faults: [{ kind: 'latency', stream: 'downstream', latencyMs: 600, jitterMs: 0, fromMs: 0, untilMs: 1500 }],
  },
  deviations: [],
};
