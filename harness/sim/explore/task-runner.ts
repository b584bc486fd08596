// Does one unit of an exploration on a sim lane: runs, judges, counts, and runs again what is to be compared.
import { createHash } from 'node:crypto';
import type { History } from '../../formats/history.ts';
import { goalsReached } from '../../history/goals.ts';
import { childrenOf, countChildren, lastDeviation } from './placements.ts';
import type { SimLane } from '../lane.ts';
import { encodeReplay, type Replay } from '../replay-token.ts';
import type { SimRequest, SimRun } from '../run.ts';
import type { Oracle } from '../../evidence/oracle.ts';
import { addRun, emptyTally } from './sim-tally.ts';
import { swarmRequests } from './swarm.ts';
import { triage } from './triage.ts';
import type { Node, Unit, UnitOutcome, Violation } from './task.ts';

/** What a unit is done with. */
export interface UnitSurroundings {
  readonly lane: SimLane;
  readonly oracle: Oracle;
  /** Told before each run which run of the unit it is; answers false to stop. */
  beforeRun(index: number): boolean;
  /** Whether runs go one at a time, so that the last one told of is the one under way. */
  readonly isAlone?: boolean;
}

/** One pass in so many is run again and compared, failures always. */
const COMPARED_EVERY = 50;

/** More of one kind would say nothing new. */
const MOST_SENTENCES = 8;

/** Does a unit. */
export async function runUnit(unit: Unit, around: UnitSurroundings): Promise<UnitOutcome> {
  const work = new UnitWork(unit, around.oracle);
  const requests = (await requestsOf(unit, around.lane))[Symbol.iterator]();
  let index = 0;
  let isCut = false;
  await around.lane.explore(
    () => {
      if (isCut || !around.beforeRun(index)) {
        isCut = true;
        return undefined;
      }
      index += 1;
      return requests.next().value ?? undefined;
    },
    (run) => work.add(run),
    around.isAlone === true ? 1 : undefined,
  );
  await compareAgain(work, around.lane);
  return work.outcome(isCut);
}

/** The request of run number `index` of a unit, without making it. */
export async function requestOf(unit: Unit, index: number, lane: SimLane): Promise<SimRequest> {
  let position = 0;
  for (const request of await requestsOf(unit, lane)) {
    if (position === index) return request;
    position += 1;
  }
  throw new Error(`the unit has no run number ${index}`);
}

async function requestsOf(unit: Unit, lane: SimLane): Promise<Iterable<SimRequest>> {
  if (unit.kind === 'swarm') return swarmRequests(unit);
  const { scenario, deviations } = unit;
  if (unit.kind === 'run') return [{ scenario, deviations, isRecording: true }];
  const parent = await lane.simulate(scenario, { deviations, isRecording: true });
  return childrenOf(parent)
    .slice(unit.from, unit.until)
    .map((added) => ({ scenario, deviations: [...deviations, added], isRecording: !unit.isLeaf }));
}

/** The growing outcome of a unit. */
class UnitWork {
  readonly #unit: Unit;
  readonly #oracle: Oracle;
  readonly #tally = emptyTally();
  readonly #nodes: Node[] = [];
  readonly #violations = new Map<string, Violation>();
  readonly #doubts: string[] = [];
  readonly #selfCheck: string[] = [];
  readonly #digest = createHash('sha256');
  /** Runs to be made again, with what they must come to. */
  readonly toCompare: { readonly replay: Omit<Replay, 'system'>; readonly hash: string }[] = [];
  #compared = 0;
  #runs = 0;

  constructor(unit: Unit, oracle: Oracle) {
    this.#unit = unit;
    this.#oracle = oracle;
  }

  add(run: SimRun): void {
    this.#runs += 1;
    const { history } = run;
    const judged = triage(run, this.#oracle);
    this.#doubt(judged.doubts);
    this.#mistrust(judged.selfCheck);
    this.#expectDeviations(run);
    const isSound = judged.doubts.length === 0 && judged.selfCheck.length === 0;
    if (isSound) this.#count(run, history, judged);
    const isViolating = judged.broken.length > 0;
    if (isViolating) this.#violates(run, judged.broken, judged.anomaly);
    if (isViolating || this.#runs % COMPARED_EVERY === 1) this.#remember(run);
    const { kind } = this.#unit;
    if (kind === 'run' || (kind === 'children' && !this.#unit.isLeaf)) this.#nodes.push(nodeOf(run));
  }

  /** A run has been made again. Its token is packed only when it is told: that takes as long as a third of a run. */
  compared(isSame: boolean, token: () => string): void {
    this.#compared += 1;
    if (!isSame) this.#mistrust([`a run came out differently when it was made again: ${token()}`]);
  }

  outcome(isCut: boolean): UnitOutcome {
    return {
      runs: this.#runs,
      isCut,
      nodes: this.#nodes,
      tally: this.#tally,
      violations: [...this.#violations.values()],
      doubts: this.#doubts,
      selfCheck: this.#selfCheck,
      compared: this.#compared,
      digest: this.#digest.digest('hex'),
    };
  }

  #count(run: SimRun, history: History, judged: ReturnType<typeof triage>): void {
    const { scenario, deviations } = run;
    addRun(this.#tally, { scenario, deviations, properties: judged.properties, goals: goalsReached(history) });
  }

  /** Placements are made at points that came up, so a deviation that is not reached shows a run that depends on more than its input. */
  #expectDeviations(run: SimRun): void {
    if (this.#unit.kind !== 'children') return;
    const expected = this.#unit.deviations.length + 1;
    if (run.deviations.length === expected) return;
    this.#mistrust([`a run met ${run.deviations.length} of its ${expected} deviations: ${run.token()}`]);
  }

  #violates(run: SimRun, broken: readonly string[], anomaly: string | undefined): void {
    const { scenario, deviations } = run;
    const [first = ''] = broken;
    if (this.#violations.has(first)) return;
    this.#violations.set(first, {
      scenario,
      deviations,
      properties: anomaly === undefined ? (broken as Violation['properties']) : [],
      ...(anomaly === undefined ? {} : { anomaly: { kind: first, sentence: anomaly } }),
      ordinal: this.#runs,
    });
  }

  #remember(run: SimRun): void {
    const hash = run.hash();
    this.#digest.update(hash);
    const { scenario, deviations } = run;
    // Not the run itself: what is kept beyond a group is what V8 has to carry along.
    this.toCompare.push({ replay: { scenario, deviations: deviations.map((taken) => ({ ...taken })) }, hash });
  }

  #doubt(sentences: readonly string[]): void {
    for (const sentence of sentences) if (this.#doubts.length < MOST_SENTENCES) this.#doubts.push(sentence);
  }

  #mistrust(sentences: readonly string[]): void {
    for (const sentence of sentences) if (this.#selfCheck.length < MOST_SENTENCES) this.#selfCheck.push(sentence);
  }
}

/** Each goes alone this time: whatever runs that go side by side do to each other shows as well. */
async function compareAgain(work: UnitWork, lane: SimLane): Promise<void> {
  const asked = work.toCompare.values();
  const told = work.toCompare.values();
  await lane.explore(
    () => asked.next().value?.replay,
    (run) => {
      const first = told.next().value;
      if (first === undefined) return;
      work.compared(run.hash() === first.hash, () => encodeReplay({ system: lane.system, ...first.replay }));
    },
    1,
  );
}

function nodeOf(run: SimRun): Node {
  return {
    deviations: run.deviations,
    trace: run.trace(),
    told: run.history.scenario.faults.map((fault) => JSON.stringify(fault)),
    children: countChildren(run),
    lastDeviation: lastDeviation(run),
  };
}
