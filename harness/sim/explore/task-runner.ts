// Does one task of an exploration on a simulator: runs, judges, adds up, and makes again the runs that are to be compared.
import { createHash } from 'node:crypto';
import { fingerprintsOf } from '../../evidence/fingerprint.ts';
import { addProblem, emptyEvidence, foldPlannedFaults, foldRun } from '../../evidence/fold.ts';
import { judge, type Judgement } from '../../evidence/judge.ts';
import type { Oracle } from '../../evidence/oracle.ts';
import type { Doubt, Violation } from '../../execution/search-space.ts';
import type { Case } from '../../formats/case.ts';
import type { Fault } from '../../formats/fault.ts';
import { replayToken } from '../../formats/replay-token.ts';
import { historyHash } from '../../formats/history.ts';
import type { SimLane } from '../lane.ts';
import type { SimCase, SimRun } from '../run.ts';
import { childrenOf, countChildren, lastDeviation } from './placements.ts';
import { swarmCases } from './swarm.ts';
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

/** One run in so many is made again and compared, and each run with a finding that is new to its task. */
const COMPARED_EVERY = 50;

/** Does a task. */
export async function runTask(task: Task, around: TaskSurroundings): Promise<ExplorationResult> {
  const work = new TaskWork(task, around);
  const requests = (await simCasesOf(task, around.lane))[Symbol.iterator]();
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
  const { scenario, ...options } = await simCaseOf(task, index, around.lane);
  around.beforeRun(0);
  const work = new TaskWork(task, around);
  work.add(await around.lane.simulate(scenario, { ...options, livelockAt }));
  return work.result(true);
}

/** The request of run number `index` of a task, without making it. */
export async function simCaseOf(task: Task, index: number, lane: SimLane): Promise<SimCase> {
  let position = 0;
  for (const request of await simCasesOf(task, lane)) {
    if (position === index) return request;
    position += 1;
  }
  throw new Error(`the task has no run number ${index}`);
}

async function simCasesOf(task: Task, lane: SimLane): Promise<Iterable<SimCase>> {
  if (task.kind === 'swarm') return swarmCases(task);
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
  /** By fingerprint. */
  readonly #violations = new Map<string, Violation>();
  readonly #doubts = new Map<Doubt['code'], Doubt>();
  readonly #digest = createHash('sha256');
  /** Cases to be run again, with the hash that must come out. */
  readonly toCompare: { readonly case: Case; readonly ordinal: number; readonly hash: string }[] = [];
  #runs = 0;
  /** The number of the next run among all that the task makes; a parent is made first, and counts for nothing else. */
  #ordinal: number;

  constructor(task: Task, { lane, oracle }: TaskSurroundings) {
    this.#task = task;
    this.#oracle = oracle;
    this.#system = lane.system;
    this.#ordinal = task.kind === 'children' ? 1 : 0;
  }

  add(run: SimRun): void {
    this.#runs += 1;
    const ordinal = this.#ordinal;
    this.#ordinal += 1;
    const judgement = judge(run, this.#oracle);
    foldPlannedFaults(this.#evidence, run.scenario, this.#oracle.label);
    foldRun(this.#evidence, {
      judgement,
      deviations: run.deviations,
      isRandom: this.#task.kind === 'swarm',
      isRetried: false,
      where: () => this.#tokenOf(run),
    });
    this.#expectDeviations(run, ordinal);
    const isNew = judgement.broken.length > 0 && this.#violates(run, judgement, ordinal);
    if (isNew || this.#runs % COMPARED_EVERY === 1) this.#remember(run, ordinal);
    const { kind } = this.#task;
    if (kind === 'run' || (kind === 'children' && !this.#task.isLeaf)) this.#nodes.push(nodeOf(run));
  }

  /** Takes a run that was made again. */
  compared(first: TaskWork['toCompare'][number], again: SimRun): void {
    const ordinal = this.#ordinal;
    this.#ordinal += 1;
    this.#evidence.runs.compared += 1;
    const hash = historyHash(again.history);
    if (hash === first.hash) return;
    const message = `a run came out differently when it was made again: ${this.#tokenOf(first.case)}`;
    const seen = [first, { ordinal, hash }].map((each) => ({ ordinal: each.ordinal, hash: each.hash }));
    this.#doubt({ code: 'self-check/not-repeatable', case: first.case, seen }, message);
    // What strikes once in the life of a process may strike just now.
    const judgement = judge(again, this.#oracle);
    if (judgement.broken.length > 0) this.#violates(again, judgement, ordinal);
  }

  result(isCut: boolean): ExplorationResult {
    return {
      runs: this.#runs,
      isCut,
      nodes: this.#nodes,
      evidence: this.#evidence,
      violations: [...new Set(this.#violations.values())],
      ...(this.#doubts.size === 0 ? {} : { doubts: [...this.#doubts.values()] }),
      digest: this.#digest.digest('hex'),
    };
  }

  /** Placements are made at points that came up, so a deviation that is not reached shows a run that depends on more than its input. */
  #expectDeviations(run: SimRun, ordinal: number): void {
    const task = this.#task;
    if (task.kind !== 'children') return;
    const expected = task.parent.deviations.length + 1;
    if (run.deviations.length === expected) return;
    const message = `a run met ${run.deviations.length} of its ${expected} deviations: ${this.#tokenOf(run)}`;
    const { scenario, deviations } = run;
    const seen = [{ ordinal, hash: historyHash(run.history) }];
    this.#doubt({ code: 'self-check/deviation-not-met', case: { scenario, deviations }, seen }, message);
  }

  #doubt(doubt: Doubt, message: string): void {
    addProblem(this.#evidence, doubt.code, message);
    if (!this.#doubts.has(doubt.code)) this.#doubts.set(doubt.code, doubt);
  }

  /** Keeps the first violating case for each fingerprint, as more of one kind would say nothing new; answers whether this is one. */
  #violates({ scenario, deviations }: SimRun, judgement: Judgement, ordinal: number): boolean {
    const fingerprints = fingerprintsOf(judgement).filter((each) => !this.#violations.has(each));
    if (fingerprints.length === 0) return false;
    const violation = { case: { scenario, deviations }, broken: judgement.broken, fingerprints, ordinal };
    for (const each of fingerprints) this.#violations.set(each, violation);
    return true;
  }

  #remember({ history, scenario, deviations }: SimRun, ordinal: number): void {
    const hash = historyHash(history);
    this.#digest.update(hash);
    // Not the run itself: what is kept beyond a batch is what V8 has to carry along.
    this.toCompare.push({ case: { scenario, deviations: deviations.map((taken) => ({ ...taken })) }, ordinal, hash });
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
    (again) => {
      const first = made.next().value;
      if (first !== undefined) work.compared(first, again);
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
