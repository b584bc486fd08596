// The size of a scenario, in the numbers that reports print.
import type { Scenario } from '../formats/scenario.ts';

/** How many messages, faults, steps and tenants a scenario has. */
export interface ScenarioSize {
  readonly messages: number;
  readonly faults: number;
  readonly steps: number;
  readonly tenants: number;
}

/** Counts the parts of a scenario. */
export function scenarioSize(scenario: Scenario): ScenarioSize {
  const messages = scenario.steps.map((step) => (step.kind === 'entry' ? step.messages : 0));
  return {
    messages: messages.reduce<number>((sum, count) => sum + count, 0),
    faults: scenario.faults.length,
    steps: scenario.steps.length,
    tenants: scenario.tenants.length,
  };
}
