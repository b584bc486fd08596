// How big a scenario is, in the numbers that a person reads.
import type { Scenario } from '../formats/scenario.ts';

/** Messages, faults, steps and tenants of a scenario. */
export interface ScenarioSize {
  readonly messages: number;
  readonly faults: number;
  readonly steps: number;
  readonly tenants: number;
}

/** Measures a scenario. */
export function scenarioSize(scenario: Scenario): ScenarioSize {
  const messages = scenario.steps.map((step) => (step.kind === 'entry' ? step.messages : 0));
  return {
    messages: messages.reduce<number>((sum, count) => sum + count, 0),
    faults: scenario.faults.length,
    steps: scenario.steps.length,
    tenants: scenario.tenants.length,
  };
}
