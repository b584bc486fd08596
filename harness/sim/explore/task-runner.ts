// Runs one task of an exploration on a simulator: makes its runs, judges them, adds up their evidence, and repeats some of them to compare.
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

/** What a task needs. */
export interface TaskSurroundings {
  readonly lane: SimLane;
  readonly oracle: Oracle;
  /** Called before each run with its number in the task, from 0; returns false to stop the task. */
  beforeRun(index: number): boolean;
  /** Whether runs are made one at a time, so that only the run that began last can be under way. */
  readonly isAlone?: boolean;
}

/** Every COMPARED_EVERYth run of a task is repeated and compared, and so is each run with a fingerprint that is new in its task. */
const COMPARED_EVERY = 50;

/** Runs a task. Its result has `isCut` if `beforeRun` stopped it. */
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

/** The result of a task in which event `livelockAt` of run number `index` never ends: that run alone, up to that event. */
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

/** The case of run number `index` of a task, which is not run. Throws if the task has fewer runs. */
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

/** Collects the result of a task. */
class TaskWork {
  readonly #task: Task;
  readonly #oracle: Oracle;
  readonly #system: string;
  readonly #evidence = emptyEvidence();
  readonly #nodes: Node[] = [];
  /** The first violation of each fingerprint. */
  readonly #violations = new Map<string, Violation>();
  readonly #doubts = new Map<Doubt['code'], Doubt>();
  readonly #digest = createHash('sha256');
  /** The cases to repeat, with the number of the run and the hash that its history must have. */
  readonly toCompare: { readonly case: Case; readonly ordinal: number; readonly hash: string }[] = [];
  #runs = 0;
  /** The number of the next run among all runs that the task makes. The run of a parent comes first and is not judged. */
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

  /** Compares a repeated run with its first run. */
  compared(first: TaskWork['toCompare'][number], again: SimRun): void {
    const ordinal = this.#ordinal;
    this.#ordinal += 1;
    this.#evidence.runs.compared += 1;
    const hash = historyHash(again.history);
    if (hash === first.hash) return;
    const message = `a run gave another history when it was repeated: ${this.#tokenOf(first.case)}`;
    const seen = [first, { ordinal, hash }].map((each) => ({ ordinal: each.ordinal, hash: each.hash }));
    this.#doubt({ code: 'self-check/not-repeatable', case: first.case, seen }, message);
    // A violation that a process shows only once can show in the repeated run.
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

  /** Deviations are placed at points that came up, so one that is not reached shows that the run depends on more than its input. */
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

  /** Keeps the first violating case of each fingerprint. Returns whether the run has a fingerprint that is new in this task. */
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
    // The run itself is not kept: V8 has to copy every object that outlives a batch.
    this.toCompare.push({ case: { scenario, deviations: deviations.map((taken) => ({ ...taken })) }, ordinal, hash });
  }

  /** Called only for the few runs with problems: making a token takes a third of the time of a run. */
  #tokenOf({ scenario, deviations }: Case): string {
    return replayToken(this.#system, { scenario, deviations });
  }
}

/** Repeats runs alone, so that the comparison also shows whether the runs of one batch affect each other. */
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

/** A fault as JSON, without the words for reports, by which checkers do not judge. */
function asJudged(fault: Fault): string {
  return JSON.stringify(fault, (name, value: unknown) => (name === 'decided' ? undefined : value));
}
