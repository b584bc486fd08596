// The search through a plan of scenarios. Each task is one scenario that an executor runs as it is. Where time decides how a scenario ends,
// a plan may just miss a demand; then the scenarios that came nearest are run again.
import { addProblem, emptyEvidence, foldPlan, foldRun } from '../evidence/fold.ts';
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import type { Oracle } from '../evidence/oracle.ts';
import type { SearchSpace, SearchStage, TaskResult, TaskRunner } from '../execution/search-space.ts';
import type { Demands } from '../formats/decision.ts';
import type { PlannedScenario } from '../generators/plan.ts';
import { RunsAgain } from './runs-again.ts';
import { runCase, type RunContext, type ViolatingRun } from './run-case.ts';

/** The outcome of one planned scenario; a violating run is kept whole. */
export interface PlannedResult extends TaskResult {
  readonly violations: readonly ViolatingRun[];
}

/** How a plan is searched. */
export interface PlannedSpaceOptions {
  readonly oracle: Oracle;
  /** What the plan has to show. */
  readonly demands: Demands;
}

/** What a scenario just misses once, it reaches in one of so many further rounds or not at all. */
const ROUNDS_MAX = 2;

/** The space of a plan: all of it, then what has to be run again. */
export function plannedSpace(
  plan: readonly PlannedScenario[],
  { oracle, demands }: PlannedSpaceOptions,
): SearchSpace<PlannedScenario, PlannedResult> {
  const runsAgain = new RunsAgain(demands);
  const all: PlannedScenario[] = [];
  const stageOf = (tasks: readonly PlannedScenario[]): SearchStage<PlannedScenario, PlannedResult> => {
    all.push(...tasks);
    return {
      planned: tasks.length,
      tasks: () => tasks,
      onResult({ evidence }, task) {
        runsAgain.add(evidence, task);
      },
    };
  };
  return {
    *stages() {
      yield stageOf(plan);
      for (let round = 0; round < ROUNDS_MAX; round += 1) {
        const again = runsAgain.next();
        if (again.length === 0) return;
        yield stageOf(again);
      }
    },
    coverage() {
      const evidence = emptyEvidence();
      foldPlan(
        evidence,
        all.map(({ scenario }) => scenario),
        (fault) => oracle.label(fault),
      );
      return evidence;
    },
  };
}

/** Runs planned scenarios, each with the tries that it needs. */
export function plannedRunner(context: RunContext): TaskRunner<PlannedScenario, PlannedResult> {
  const { lane, capacity, isDeterministic } = context.executor;
  return {
    lane,
    capacity,
    isDeterministic,
    run: (planned) => runPlanned(planned, context),
    // A scenario under way is soon over and worth having; the signal of the context ends it where it must end.
    stop: () => undefined,
  };
}

async function runPlanned({ scenario, origin }: PlannedScenario, context: RunContext): Promise<PlannedResult> {
  const outcome = await runCase(context, { scenario, deviations: [] });
  const evidence = emptyEvidence();
  const nothing = { evidence, violations: [], isCut: false, digest: '' };
  if (outcome.kind === 'stopped') return { ...nothing, runs: 0, isCut: true };
  const where = `scenario '${scenario.name}'`;
  if (outcome.kind === 'infrastructure') {
    if (outcome.isRetried) evidence.runs.retried += 1;
    addProblem(evidence, 'infrastructure', `${where}: ${outcome.message}`);
    return { ...nothing, runs: 1 };
  }
  const { judgement } = outcome;
  foldRun(evidence, {
    judgement,
    deviations: outcome.case.deviations,
    isRandom: origin === 'random',
    isRetried: outcome.isRetried,
    where: () => where,
  });
  const { broken } = judgement;
  if (broken.length === 0) return { ...nothing, runs: 1 };
  const violation = { case: outcome.case, broken, fingerprints: fingerprintsOf(judgement), run: outcome };
  return { ...nothing, runs: 1, violations: [violation] };
}
