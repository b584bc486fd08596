// Runs scenarios on both lanes, of several systems at once, until enough of them are compared for each system.
import type { Executor } from '../../../harness/execution/executor.ts';
import type { Scenario } from '../../../harness/formats/scenario.ts';
import { rigMicros } from '../../../harness/live/observers/clock.ts';
import { checkersOracle } from '../../../harness/evidence/checkers-oracle.ts';
import { runCase } from '../../../harness/runner/run-case.ts';
import { runInOrder } from '../../../harness/runner/run-in-order.ts';
import type { SimLane } from '../../../harness/sim/lane.ts';
import { type Judged, judgedOf } from '../verdicts.ts';
import { type Agreement, agreementOf, mayTryAgain, type WatchedRun } from './agreement.ts';
import type { MachineWatch } from './machine-watch.ts';
import { judgedBySim } from './timing-robustness.ts';

/** The two lanes of one system. */
export interface BothLanes {
  readonly sim: SimLane;
  readonly live: Executor;
  readonly watch: MachineWatch;
}

/** One scenario on both lanes. */
export interface Pair {
  readonly system: string;
  readonly scenario: Scenario;
  readonly sim: Judged;
  readonly live: WatchedRun;
  readonly agreement: Agreement;
  /** How many more times it ran live, alone. */
  readonly repeats: number;
}

/** The draws to compare, in order, until `count` of them are compared. */
export interface LaneComparison {
  readonly draws: readonly Scenario[];
  readonly count: number;
}

/** Whether the two lanes could be compared. */
export function isCompared({ agreement }: Pair): boolean {
  return agreement === 'same' || agreement === 'different';
}

/** Compares the lanes. While there are draws left, the next ones replace draws that could not be compared. */
export async function compareLanes(systems: readonly BothLanes[], comparison: LaneComparison): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (;;) {
    const jobs: Job[] = [];
    for (const lanes of systems) {
      for (const scenario of nextDraws(lanes.sim.system, pairs, comparison)) {
        jobs.push({ lanes, scenario, sim: await judgedBySim(lanes.sim, scenario) });
      }
    }
    if (jobs.length === 0) return pairs;
    pairs.push(...(await runJobs(jobs)));
  }
}

interface Job extends Pick<Pair, 'scenario' | 'sim'> {
  readonly lanes: BothLanes;
}

/** How often a scenario may run again, alone. A machine that one scenario at a time strains is too slow for comparisons. */
const REPEATS_MAX = 3;

function nextDraws(system: string, pairs: readonly Pair[], { draws, count }: LaneComparison): readonly Scenario[] {
  const own = pairs.filter((pair) => pair.system === system);
  const wanted = count - own.filter(isCompared).length;
  return draws.slice(own.length, own.length + wanted);
}

/**
 * Runs as many jobs at once as there are slots; then, one at a time, those that a strained machine or observer problems may have disturbed.
 */
async function runJobs(jobs: readonly Job[]): Promise<Pair[]> {
  const ran: { job: Job; pair: Pair }[] = [];
  const runAll = (lanes: BothLanes) =>
    runInOrder({
      tasks: jobs.filter((job) => job.lanes === lanes),
      capacity: lanes.live.capacity,
      run: runLive,
      onResult: (pair, job) => ran.push({ job, pair }) > 0,
    });
  await Promise.all([...new Set(jobs.map(({ lanes }) => lanes))].map(runAll));
  const pairs: Pair[] = [];
  for (const { job, pair } of ran) pairs.push(await repeatAlone(job, pair));
  return pairs;
}

async function repeatAlone(job: Job, first: Pair): Promise<Pair> {
  let pair = first;
  while (pair.repeats < REPEATS_MAX && mayTryAgain(pair.agreement, pair.live)) {
    pair = { ...(await runLive(job)), repeats: pair.repeats + 1 };
  }
  return pair;
}

async function runLive({ lanes, scenario, sim }: Job): Promise<Pair> {
  const { live, watch } = lanes;
  const since = rigMicros();
  const outcome = await runCase({ executor: live, oracle: checkersOracle }, { scenario, deviations: [] });
  const watched = { ...judgedOf(outcome), strainedMs: watch.strainedMsSince(since) };
  const agreement = agreementOf(sim, watched);
  return { system: lanes.sim.system, scenario, sim, live: watched, agreement, repeats: 0 };
}
