// A scenario with many parts that shrinking can remove.
import type { Fault } from '../formats/fault.ts';
import type { Scenario } from '../formats/scenario.ts';

/** A fault that delays answers far beyond the budget, with numbers that are not plain. */
export const latency: Fault = {
  kind: 'latency',
  stream: 'downstream',
  latencyMs: 1_150,
  jitterMs: 50,
  fromMs: 40,
  untilMs: 1_340,
};

/** Two tenants, two campaigns, three faults. */
export const busy: Scenario = {
  format: 'onesend.scenario/1',
  name: 'busy',
  seed: 3,
  tenants: [
    { key: 'tenant-1', mode: 'SHADOW', quota: 3 },
    { key: 'tenant-2', mode: 'ON', quota: 50 },
  ],
  steps: [
    { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 8, atMs: 0 },
    { kind: 'entry', campaign: 'campaign-2', tenant: 'tenant-2', messages: 5, atMs: 230 },
    { kind: 'flip', tenant: 'tenant-1', mode: 'OFF', atMs: 300 },
    { kind: 'reconcile' },
  ],
  faults: [
    { kind: 'crash', process: 'legacy', atMs: 70, restartAfterMs: 300 },
    latency,
    { kind: 'redelivery', campaign: 'campaign-1', atMs: 900 },
  ],
};
