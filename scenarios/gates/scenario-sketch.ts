// Short ways to write the scenarios of gates: one tenant, one campaign, faults from the start.
import type { Fault } from '../../harness/formats/fault.ts';
import type { Scenario } from '../../harness/formats/scenario.ts';

/** What a gate's scenario is made of; everything else has a plain default. */
export interface Sketch {
  readonly name: string;
  readonly mode: string;
  readonly messages?: number;
  readonly quota?: number;
  readonly faults?: readonly Fault[];
  /** Run the reconciliation command at the cut. */
  readonly reconcile?: boolean;
}

/** The tenant, the campaign and the balance of every sketched scenario. */
export const SKETCH = { tenant: 'tenant-1', campaign: 'campaign-1', quota: 100 } as const;

/** The whole duration of a fault that is there from the start: past every answer, before the rest. */
export const FROM_THE_START = { fromMs: 0, untilMs: 1_500 } as const;

/** The scenario of a sketch. */
export function sketch(options: Sketch): Scenario {
  return {
    format: 'onesend.scenario/1',
    name: options.name,
    seed: 0,
    tenants: [{ key: SKETCH.tenant, mode: options.mode, quota: options.quota ?? SKETCH.quota }],
    steps: [
      { kind: 'entry', campaign: SKETCH.campaign, tenant: SKETCH.tenant, messages: options.messages ?? 1, atMs: 50 },
      ...(options.reconcile === true ? [{ kind: 'reconcile' } as const] : []),
    ],
    faults: [...(options.faults ?? [])],
  };
}
