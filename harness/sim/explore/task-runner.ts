// Does one task of an exploration on a simulator: runs, judges, adds up, and makes again the runs that are to be compared.
import { createHash } from 'node:crypto';
import { addProblem, emptyEvidence, foldRun } from '../../evidence/fold.ts';
import { judge, type Judgement } from '../../evidence/judge.ts';
import type { Oracle } from '../../evidence/oracle.ts';
import type { Violation } from '../../execution/search-space.ts';
import type { Case } from '../../formats/case.ts';
import type { Fault } from '../../formats/fault.ts';
import { replayToken } from '../../formats/replay-token.ts';
import { historyHash } from '../../history/history-hash.ts';
import type { SimLane } from '../lane.ts';
import type { SimRequest, SimRun } from '../run.ts';
import { childrenOf, countChildren, lastDeviation } from './placements.ts';
import { swarmRequests } from './swarm.ts';
import type { ExplorationResult, Node, Task } from './task.ts';

/** What a task is done with. */
export interface TaskSurroundings {
  readonly lane: SimLane;
  readonly oracle: Oracle;
  /** Called before each run with its place in the task; answers false to stop. */
  beforeRun(index: number): boolean;
  /** Whether runs are made one at a time, so that the last one that began is the one under way. */
  readonly isAlone?: boolean;
}

/** One pass in so many is run again and compared, failures always. */
const COMPARED_EVERY = 50;

/** Does a task. */
export async function runTask(task: Task, around: TaskSurroundings): Promise<ExplorationResult> {
  const work = new TaskWork(task, around);
  const requests = (await requestsOf(task, around.lane))[Symbol.iterator]();
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
  return work.result(isCut);
}

/** The result of a task in which run number `index` never comes back from its event `livelockAt`: that run, up to there. */
export async function runLivelocked(
  task: Task,
  { index, livelockAt }: { readonly index: number; readonly livelockAt: number },
  around: TaskSurroundings,
): Promise<ExplorationResult> {
  const { scenario, ...options } = await requestOf(task, index, around.lane);
  around.beforeRun(0);
  const work = new TaskWork(task, around);
  work.add(await around.lane.simulate(scenario, { ...options, livelockAt }));
  return work.result(true);
}

/** The request of run number `index` of a task, without making it. */
export async function requestOf(task: Task, index: number, lane: SimLane): Promise<SimRequest> {
  let position = 0;
  for (const request of await requestsOf(task, lane)) {
    if (position === index) return request;
    position += 1;
  }
  throw new Error(`the task has no run number ${index}`);
}

async function requestsOf(task: Task, lane: SimLane): Promise<Iterable<SimRequest>> {
  if (task.kind === 'swarm') return swarmRequests(task);
  if (task.kind === 'run') return [{ ...task.case, isRecording: true }];
  const { scenario, deviations } = task.parent;
  const parent = await lane.simulate(scenario, { deviations, isRecording: true });
  return childrenOf(parent)
    .slice(task.from, task.until)
    .map((added) => ({ scenario, deviations: [...deviations, added], isRecording: !task.isLeaf }));
}

/** The growing result of a task. */
class TaskWork {
  readonly #task: Task;
  readonly #oracle: Oracle;
  readonly #system: string;
  readonly #evidence = emptyEvidence();
  readonly #nodes: Node[] = [];
  readonly #violations = new Map<string, Violation>();
  readonly #digest = createHash('sha256');
  /** Cases to be run again, with the hash that must come out. */
  readonly toCompare: { readonly case: Case; readonly hash: string }[] = [];
  #runs = 0;

  constructor(task: Task, { lane, oracle }: TaskSurroundings) {
    this.#task = task;
    this.#oracle = oracle;
    this.#system = lane.system;
  }

  add(run: SimRun): void {
    this.#runs += 1;
    const judgement = judge(run, this.#oracle);
    foldRun(this.#evidence, {
      judgement,
      deviations: run.deviations,
      isRandom: this.#task.kind === 'swarm',
      isRetried: false,
      where: () => this.#tokenOf(run),
    });
    this.#expectDeviations(run);
    const isViolating = judgement.broken.length > 0;
    if (isViolating) this.#violates(run, judgement);
    if (isViolating || this.#runs % COMPARED_EVERY === 1) this.#remember(run);
    const { kind } = this.#task;
    if (kind === 'run' || (kind === 'children' && !this.#task.isLeaf)) this.#nodes.push(nodeOf(run));
  }

  /** Takes how a run came out that was made again. */
  compared(again: Case, isSame: boolean): void {
    this.#evidence.runs.compared += 1;
    if (isSame) return;
    const message = `a run came out differently when it was made again: ${this.#tokenOf(again)}`;
    addProblem(this.#evidence, 'self-check/not-repeatable', message);
  }

  result(isCut: boolean): ExplorationResult {
    return {
      runs: this.#runs,
      isCut,
      nodes: this.#nodes,
      evidence: this.#evidence,
      violations: [...this.#violations.values()],
      digest: this.#digest.digest('hex'),
    };
  }

  /** Placements are made at points that came up, so a deviation that is not reached shows a run that depends on more than its input. */
  #expectDeviations(run: SimRun): void {
    if (this.#task.kind !== 'children') return;
    const expected = this.#task.parent.deviations.length + 1;
    if (run.deviations.length === expected) return;
    const message = `a run met ${run.deviations.length} of its ${expected} deviations: ${this.#tokenOf(run)}`;
    addProblem(this.#evidence, 'self-check/deviation-not-met', message);
  }

  /** The first violating case of each thing that is broken first: more of one kind would say nothing new. */
  #violates({ scenario, deviations }: SimRun, { broken }: Judgement): void {
    const [first = ''] = broken;
    if (!this.#violations.has(first)) this.#violations.set(first, { case: { scenario, deviations }, broken });
  }

  #remember({ history, scenario, deviations }: SimRun): void {
    const hash = historyHash(history);
    this.#digest.update(hash);
    // Not the run itself: what is kept beyond a batch is what V8 has to carry along.
    this.toCompare.push({ case: { scenario, deviations: deviations.map((taken) => ({ ...taken })) }, hash });
  }

  /** Packing a token takes a third of the time of a run, so it is done for the few runs with problems only. */
  #tokenOf({ scenario, deviations }: Case): string {
    return replayToken(this.#system, { scenario, deviations });
  }
}

/** Makes each run alone this time, so that what runs of one batch do to each other shows as well. */
async function compareAgain(work: TaskWork, lane: SimLane): Promise<void> {
  const asked = work.toCompare.values();
  const made = work.toCompare.values();
  await lane.explore(
    () => asked.next().value?.case,
    ({ history }) => {
      const first = made.next().value;
      if (first !== undefined) work.compared(first.case, historyHash(history) === first.hash);
    },
    1,
  );
}

function nodeOf(run: SimRun): Node {
  return {
    deviations: run.deviations,
    trace: run.trace(),
    reportedFaults: run.history.scenario.faults.map(asJudged),
    children: countChildren(run),
    lastDeviation: lastDeviation(run),
  };
}

/** A fault as checkers judge by it: what reports call it makes no difference. */
function asJudged(fault: Fault): string {
  return JSON.stringify(fault, (name, value: unknown) => (name === 'decided' ? undefined : value));
}
