// The scenarios to compare: draws with faults that both lanes realise, in the order of the seed. A draw that does not keep the timing
// margin in spite of its spacing is left out before it runs live, and reported.
import * as fc from 'fast-check';
import { canRealise } from '../../../harness/execution/refusal.ts';
import type { Scenario } from '../../../harness/formats/scenario.ts';
import { LIVE_REALISERS } from '../../../harness/live/faults/realisers.ts';
import { SIM_REALISERS } from '../../../harness/sim/faults/realisers.ts';
import type { SimLane } from '../../../harness/sim/lane.ts';
import { isTimingRobust } from './timing-robustness.ts';
import { spacedScenarioArbitrary } from './spaced-scenarios.ts';

/** Which draws to make. */
export interface DrawOptions {
  readonly seed: number;
  /** The number of the first draw, from 0. */
  readonly from: number;
  readonly count: number;
}

/** The result of drawing. */
export interface Draw {
  readonly scenarios: readonly Scenario[];
  /** Draws whose outcome depends on a time difference below the margin. */
  readonly leftOut: readonly Scenario[];
}

/** Draws `count` scenarios that keep the margin on each lane. Equal seeds give equal draws, and the name of a draw has its number. */
export async function sampleRobustScenarios(
  lanes: readonly SimLane[],
  { seed, from, count }: DrawOptions,
): Promise<Draw> {
  const arbitrary = spacedScenarioArbitrary.filter(isForBothLanes);
  const drawn = fc.sample(arbitrary, { seed, numRuns: from + 2 * count });
  const scenarios: Scenario[] = [];
  const leftOut: Scenario[] = [];
  for (const [index, scenario] of drawn.entries()) {
    if (index < from || scenarios.length === count) continue;
    const named = { ...scenario, name: `draw ${index} of seed ${seed}` };
    if (await isTimingRobust(lanes, named)) scenarios.push(named);
    else leftOut.push(named);
  }
  return { scenarios, leftOut };
}

function isForBothLanes({ faults }: Scenario): boolean {
  return (
    faults.length > 0 && faults.every((fault) => canRealise(SIM_REALISERS, fault) && canRealise(LIVE_REALISERS, fault))
  );
}
