// Scenarios for tests of the lane: one entry in ON at 100 ms, and the faults that a test adds.
import type { Fault } from '../formats/fault.ts';
import type { Scenario } from '../formats/scenario.ts';

interface ToyChanges extends Pick<Scenario, 'serviceInstances' | 'skewMicros'> {
  faults?: Fault[];
  messages?: number;
  seed?: number;
}

/** A scenario of one campaign in ON. */
export function toyScenario(changes: ToyChanges = {}): Scenario {
  const { faults = [], messages = 1, seed = 1, ...hosts } = changes;
  return {
    format: 'onesend.scenario/1',
    name: 'toy',
    seed,
    tenants: [{ key: 't', mode: 'ON', quota: 100 }],
    steps: [{ kind: 'entry', campaign: 'c', tenant: 't', messages, atMs: 100 }],
    faults,
    ...hosts,
  };
}
