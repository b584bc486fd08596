// Random scenarios for both lanes: with faults that both realise, and decided by more than the margin for each system.
import * as fc from 'fast-check';
import { faultEntry } from '../../../harness/faults/catalogue.ts';
import type { Scenario } from '../../../harness/formats/scenario.ts';
import { scenarioArbitrary } from '../../../harness/generators/scenario-arbitrary.ts';
import type { SimLane } from '../../../harness/sim/lane.ts';
import { type Decided, decidedBySim } from './margins.ts';

/** A scenario with what the simulated lane says of it, by system. */
export interface Drawn {
  readonly scenario: Scenario;
  readonly bySystem: ReadonlyMap<string, Decided>;
}

/** What was drawn, and how many draws were left out because they were too close to call. */
export interface Draw {
  readonly drawn: readonly Drawn[];
  readonly leftOut: number;
}

/** Draws until there are so many. The same seed draws the same. */
export async function drawScenarios(
  lanes: readonly SimLane[],
  options: { seed: number; count: number },
): Promise<Draw> {
  const { seed, count } = options;
  const drawn: Drawn[] = [];
  let leftOut = 0;
  for (const scenario of fc.sample(fc.noBias(scenarioArbitrary), { seed, numRuns: count * MOST_DRAWS })) {
    if (drawn.length === count) break;
    const named = { ...scenario, name: `draw ${drawn.length + leftOut + 1} of seed ${seed}` };
    const bySystem = isForBothLanes(named) ? await decide(lanes, named) : undefined;
    if (bySystem === undefined) leftOut += 1;
    else drawn.push({ scenario: named, bySystem });
  }
  if (drawn.length < count) throw new Error(`expected ${count} scenarios that keep the margin, found ${drawn.length}`);
  return { drawn, leftOut };
}

/** More draws than this for each scenario that is kept would say that the margin keeps nothing. */
const MOST_DRAWS = 8;

function isForBothLanes({ faults }: Scenario): boolean {
  return faults.length > 0 && faults.every((fault) => faultEntry(fault).lanes.length === 2);
}

async function decide(lanes: readonly SimLane[], scenario: Scenario): Promise<Map<string, Decided> | undefined> {
  const bySystem = new Map<string, Decided>();
  for (const lane of lanes) {
    const judged = await decidedBySim(lane, scenario);
    if (judged === undefined) return undefined;
    bySystem.set(lane.system, judged);
  }
  return bySystem;
}
