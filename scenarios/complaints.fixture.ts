// What the judge finds wrong in one simulated run, as text.
import { checkersOracle } from '../harness/evidence/checkers-oracle.ts';
import { judge } from '../harness/evidence/judge.ts';
import type { Scenario } from '../harness/formats/scenario.ts';
import type { SimLane } from '../harness/sim/lane.ts';
import type { SimRunOptions } from '../harness/sim/run.ts';

/** Runs a scenario. Returns the problems of the run, its findings, and the faults without a receipt, one line each. */
export async function complaints(lane: SimLane, scenario: Scenario, options: SimRunOptions = {}): Promise<string[]> {
  const run = await lane.simulate(scenario, options);
  const { findings, problems, missingReceipts } = judge(run, checkersOracle);
  return [
    ...problems.map(({ message }) => message),
    ...findings.map(({ property, message }) => `${property}: ${message}`),
    ...missingReceipts.map((kind) => `no receipt for ${kind}`),
  ];
}
