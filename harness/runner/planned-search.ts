// The search through a plan of scenarios: one stage, in which each task is one scenario that an executor runs as it is.
import { addProblem, emptyEvidence, foldPlan, foldRun } from '../evidence/fold.ts';
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import type { SearchSpace, TaskResult, TaskRunner } from '../execution/search-space.ts';
import type { Fault } from '../formats/fault.ts';
import type { PlannedScenario } from '../generators/plan.ts';
import { runCase, type RunContext, type ViolatingRun } from './run-case.ts';

/** What one planned scenario came to; a violating run is kept whole. */
export interface PlannedResult extends TaskResult {
  readonly violations: readonly ViolatingRun[];
}

/** How a plan is searched. */
export interface PlannedSpaceOptions {
  /** The label of a fault's kind, as evidence is counted. */
  readonly label: (fault: Fault) => string;
}

/** The space of a plan. */
export function plannedSpace(
  plan: readonly PlannedScenario[],
  { label }: PlannedSpaceOptions,
): SearchSpace<PlannedScenario, PlannedResult> {
  return {
    stages: () => [{ planned: plan.length, tasks: () => plan }],
    coverage() {
      const evidence = emptyEvidence();
      foldPlan(
        evidence,
        plan.map(({ scenario }) => scenario),
        label,
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
