// The search through a plan of scenarios. Each task is one scenario, which an executor runs as it is. A scenario whose tries were all
// disturbed is tried again after all others. The outcome of a scenario can depend on timing, so a plan can miss a demand by chance; then the
// scenarios that contribute to the demand are run again.
import { isWorthRerun } from '../evidence/judge.ts';
import { addProblem, emptyEvidence, foldPlan, foldRun } from '../evidence/fold.ts';
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import type { Oracle } from '../evidence/oracle.ts';
import type { SearchSpace, SearchStage, TaskResult, TaskRunner } from '../execution/search-space.ts';
import type { Demands } from '../formats/decision.ts';
import type { PlannedScenario } from '../generators/plan.ts';
import { comesUpAgain } from './confirmation.ts';
import { RunsAgain } from './runs-again.ts';
import { runCase, type RunContext, type ViolatingRun } from './run-case.ts';

/** A planned scenario to run. */
export interface PlannedTask extends PlannedScenario {
  /** `first`: if the machine disturbs all its tries, it is postponed and not counted. `postponed`: it was. Absent for further runs. */
  readonly turn?: 'first' | 'postponed';
}

/** The outcome of one planned scenario; it holds the complete violating run. */
export interface PlannedResult extends TaskResult {
  readonly violations: readonly ViolatingRun[];
  readonly isPostponed?: boolean;
}

/** What the space of a plan needs. */
export interface PlannedSpaceOptions {
  readonly oracle: Oracle;
  /** The demands on the evidence of the plan. */
  readonly demands: Demands;
}

/** How many rounds run scenarios again; a demand that is still missed then is not a matter of chance. */
const ROUNDS_MAX = 2;

/** The search space of a plan: first all its scenarios, then the postponed ones, and then those that are run again. */
export function plannedSpace(
  plan: readonly PlannedScenario[],
  { oracle, demands }: PlannedSpaceOptions,
): SearchSpace<PlannedTask, PlannedResult> {
  const runsAgain = new RunsAgain(demands);
  const counted: PlannedScenario[] = [...plan];
  const postponed: PlannedTask[] = [];
  const stageOf = (tasks: readonly PlannedTask[]): SearchStage<PlannedTask, PlannedResult> => ({
    planned: tasks.length,
    tasks: () => tasks,
    onResult({ evidence, isPostponed = false }, task) {
      if (isPostponed) postponed.push({ ...task, turn: 'postponed' });
      else runsAgain.add(evidence, task);
    },
  });
  return {
    *stages() {
      yield stageOf(plan.map((planned) => ({ ...planned, turn: 'first' })));
      if (postponed.length > 0) yield stageOf(postponed);
      for (let round = 0; round < ROUNDS_MAX; round += 1) {
        const again = runsAgain.next();
        if (again.length === 0) return;
        counted.push(...again);
        yield stageOf(again);
      }
    },
    coverage() {
      const evidence = emptyEvidence();
      foldPlan(
        evidence,
        counted.map(({ scenario }) => scenario),
        (fault) => oracle.label(fault),
      );
      return evidence;
    },
  };
}

/** What running a plan needs. */
export interface PlannedRunnerOptions extends RunContext {
  /** Whether a violation with these fingerprints is replayed at once, because it ends the search if it comes up again. */
  readonly isReplayed?: ((fingerprints: readonly string[]) => boolean) | undefined;
}

/** Runs planned scenarios. A scenario is retried if the rig was disturbed. */
export function plannedRunner(context: PlannedRunnerOptions): TaskRunner<PlannedTask, PlannedResult> {
  const { lane, capacity, isDeterministic } = context.executor;
  return {
    lane,
    capacity,
    isDeterministic,
    run: (planned) => runPlanned(planned, context),
    // A scenario in flight ends soon, and its result is useful. An interruption ends it by the signal of the context.
    stop: () => undefined,
  };
}

async function runPlanned(
  { scenario, origin, turn }: PlannedTask,
  context: PlannedRunnerOptions,
): Promise<PlannedResult> {
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
  if (turn === 'first' && !context.executor.isDeterministic && isWorthRerun(judgement)) {
    return { ...nothing, runs: 1, isPostponed: true };
  }
  foldRun(evidence, {
    judgement,
    deviations: outcome.case.deviations,
    isRandom: origin === 'random',
    isRetried: outcome.isRetried || turn === 'postponed',
    where: () => where,
  });
  const { broken } = judgement;
  if (broken.length === 0) return { ...nothing, runs: 1 };
  const violation = { case: outcome.case, broken, fingerprints: fingerprintsOf(judgement), run: outcome };
  // Without a replay every violation ends a search that stops at the first one, also one that depends on a rare race.
  const isReplayed = context.isReplayed?.(violation.fingerprints) === true && !context.executor.isDeterministic;
  const replayed = isReplayed ? { cameUpAgain: await comesUpAgain(violation, context) } : {};
  return { ...nothing, runs: 1, violations: [{ ...violation, ...replayed }] };
}
