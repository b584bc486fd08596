// Whether a scenario keeps the timing margin: the simulated lane judges it the same when any of its times is a little earlier or later. An
// outcome that depends on less is a race between real processes. The check runs before anything runs live.
import { definitionOf } from '../../../harness/faults/catalogue.ts';
import type { Fault } from '../../../harness/formats/fault.ts';
import type { Scenario, Step } from '../../../harness/formats/scenario.ts';
import { checkersOracle } from '../../../harness/evidence/checkers-oracle.ts';
import { judge } from '../../../harness/evidence/judge.ts';
import { LIVE_NOISE_MS } from '../../../harness/live/tolerances.ts';
import type { SimLane } from '../../../harness/sim/lane.ts';
import { type Judged, wordsOf } from '../verdicts.ts';

/**
 * By how many ms a step or fault may reach the systems earlier or later than planned. Earlier, because they may not have finished work that
 * takes no virtual time: two busy cores take up to 150 ms for a batch of four.
 */
const SHIFTS_MS = [-150, -75, 60] as const;

/** How long a real process takes until it serves after its start. A simulated one takes no time. */
const BOOT_MS = 1_200;

/** The verdict of the simulated lane with the tolerance for noise of the live lane, so that both lanes excuse the same. */
export async function judgedBySim(lane: SimLane, scenario: Scenario): Promise<Judged> {
  const { history } = await lane.simulate(scenario);
  const tolerances = { ...history.tolerances, noiseMs: LIVE_NOISE_MS };
  return wordsOf(judge({ history: { ...history, tolerances } }, checkersOracle));
}

/** Whether each lane gives the scenario and all its variants the same verdict, with the same faults taking effect. */
export async function isTimingRobust(lanes: readonly SimLane[], scenario: Scenario): Promise<boolean> {
  for (const lane of lanes) {
    const judged = JSON.stringify(await judgedBySim(lane, scenario));
    for (const variant of variantsOf(scenario)) {
      if (JSON.stringify(await judgedBySim(lane, variant)) !== judged) return false;
    }
  }
  return true;
}

/** The scenario with each single step or fault moved by each shift, and with slower restarts. */
function variantsOf(scenario: Scenario): Scenario[] {
  const { steps, faults } = scenario;
  return [
    ...steps.flatMap((step, place) =>
      SHIFTS_MS.map((ms) => ({ ...scenario, steps: steps.with(place, movedStep(step, ms)) })),
    ),
    ...faults.flatMap((fault, place) =>
      SHIFTS_MS.map((ms) => ({ ...scenario, faults: faults.with(place, definitionOf(fault).moved(fault, ms)) })),
    ),
    ...[BOOT_MS / 2, BOOT_MS].map((ms) => ({ ...scenario, faults: faults.map((fault) => slowToBoot(fault, ms)) })),
  ];
}

function movedStep(step: Step, ms: number): Step {
  return step.atMs === undefined ? step : { ...step, atMs: Math.max(0, step.atMs + ms) };
}

function slowToBoot(fault: Fault, ms: number): Fault {
  return fault.kind === 'crash' || fault.kind === 'terminate'
    ? { ...fault, restartAfterMs: fault.restartAfterMs + ms }
    : fault;
}
