// Whether a scenario keeps the margin: the simulated lane judges it the same when any of its times is a little earlier or later. What
// depends on less is a race between real processes. It is asked before anything runs live.
import { definitionOf } from '../../../harness/faults/catalogue.ts';
import type { Fault } from '../../../harness/formats/fault.ts';
import type { Scenario, Step } from '../../../harness/formats/scenario.ts';
import { checkersOracle } from '../../../harness/evidence/checkers-oracle.ts';
import { judge } from '../../../harness/evidence/judge.ts';
import { LIVE_NOISE_MS } from '../../../harness/live/tolerances.ts';
import type { SimLane } from '../../../harness/sim/lane.ts';
import { type Judged, wordsOf } from '../verdicts.ts';

/**
 * By how much what the rig does may come earlier, and later, to the systems than planned. Earlier means that they are not done yet with
 * what they do in no time in the simulated world: two busy cores take up to so long for a batch of four.
 */
const SHIFTS_MS = [-150, -75, 60] as const;

/** How long a real process needs to serve again after it was started. A simulated one needs no time. */
const BOOT_MS = 1_200;

/** What the simulated lane says of a scenario, with the doubts that a real machine leaves: what is excused must be so on both lanes. */
export async function judgedBySim(lane: SimLane, scenario: Scenario): Promise<Judged> {
  const { history } = await lane.simulate(scenario);
  const tolerances = { ...history.tolerances, noiseMs: LIVE_NOISE_MS };
  return wordsOf(judge({ history: { ...history, tolerances } }, checkersOracle));
}

/** Whether each of the lanes judges the scenario and all its variants alike, with the same faults taking effect. */
export async function isTimingRobust(lanes: readonly SimLane[], scenario: Scenario): Promise<boolean> {
  for (const lane of lanes) {
    const judged = JSON.stringify(await judgedBySim(lane, scenario));
    for (const variant of variantsOf(scenario)) {
      if (JSON.stringify(await judgedBySim(lane, variant)) !== judged) return false;
    }
  }
  return true;
}

/** The scenario with one step or fault earlier or later by the margin, for each of them, and with processes that take their time. */
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
