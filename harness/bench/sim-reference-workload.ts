// The workload of the reference benchmark: undisturbed runs of one message in each mode, recorded as histories and judged by all checkers.
import { MODES } from '../../src/contract/mode.ts';
import { system } from '../../src/reference.ts';
import { judgeHistory } from '../evidence/check-history.ts';
import { goalsReached } from '../history/goals.ts';
import { plainScenario } from '../sim/explore/bounded-search.ts';
import { openSimLane } from '../sim/lane.ts';
import type { SimCase, SimRun } from '../sim/run.ts';
import { serveRounds } from './served-rounds.ts';

const SCENARIOS = MODES.map((mode) => plainScenario({ mode, messages: 1, seed: 1 }));

/** The runs of one mode in a row: in an exploration, too, runs of one scenario follow each other. */
const RUNS_OF_A_MODE = 16;

/** The number of runs in one round. */
export const ROUND_RUNS = SCENARIOS.length * RUNS_OF_A_MODE;

/** The number of rounds after which V8 has compiled most of the code. */
export const WARM_UP_ROUNDS = 250;

/** Judges one run by all checkers and goals. */
export function judgeAll(run: SimRun): void {
  judgeHistory(run.history);
  goalsReached(run.history);
}

/** The cases of `count` rounds. */
export function* rounds(count: number): Generator<SimCase> {
  for (let index = 0; index < count; index += 1) {
    for (const scenario of SCENARIOS) for (let run = 0; run < RUNS_OF_A_MODE; run += 1) yield { scenario };
  }
}

/** Serves rounds in the sim lane. */
export async function referenceInLane(): Promise<void> {
  const lane = await openSimLane(system);
  await serveRounds((count) => {
    const requests = rounds(count);
    return lane.explore(() => requests.next().value ?? undefined, judgeAll);
  });
}
