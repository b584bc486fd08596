// The small scenarios in which wire mutants take effect: few messages, and no fault unless the mutant needs one.
import type { Scenario, Step } from '../../formats/scenario.ts';

const QUOTA = 20;

/** A message in each of the modes. */
export const ONE_OFF = scenario('a message in OFF', 'OFF', [entry(1)]);
export const ONE_SHADOW = scenario('a message in SHADOW', 'SHADOW', [entry(1)]);
export const ONE_ON = scenario('a message in ON', 'ON', [entry(1)]);

/** Two messages of one batch. */
export const TWO_ON = scenario('two messages in ON', 'ON', [entry(2)]);

/** A message that the legacy app must send itself, because connections to the service are refused. */
export const FALLBACK: Scenario = {
  ...scenario('a message in ON, and no connection to the service', 'ON', [entry(1)]),
  faults: [{ kind: 'refuse', fromMs: 0, untilMs: 1_500 }],
};

function scenario(title: string, mode: string, steps: Step[]): Scenario {
  return {
    format: 'onesend.scenario/1',
    name: `sabotage: ${title}`,
    seed: 0,
    tenants: [{ key: 'acme', mode, quota: QUOTA }],
    steps,
    faults: [],
  };
}

function entry(messages: number): Step {
  return { kind: 'entry', campaign: 'sabotaged', tenant: 'acme', messages, atMs: 50 };
}
