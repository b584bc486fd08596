// The outcomes of many scenarios on one lane, as texts that can be compared between lanes.
import { faultLabel } from '../../harness/faults/catalogue.ts';
import type { Executor } from '../../harness/execution/executor.ts';
import type { Scenario } from '../../harness/formats/scenario.ts';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { firstProblem, type Judgement } from '../../harness/evidence/judge.ts';
import { type CaseOutcome, runCase } from '../../harness/runner/run-case.ts';
import { runInOrder } from '../../harness/runner/run-in-order.ts';

/** The outcome of one scenario. */
export interface Judged {
  /** `pass`, `violation of S1`, or the reason why there is no verdict. */
  readonly verdict: string;
  /** The faults that took effect, for example `1: reset downstream`. */
  readonly bites: readonly string[];
}

/** The outcome with the judged run, which is undefined when the machine could not run the scenario. */
export interface JudgedWithRun extends Judged {
  readonly run: Judgement | undefined;
}

/** Runs the scenarios, as many at once as the lane has slots. Returns outcomes in the order of the scenarios. */
export async function judgedOn(executor: Executor, scenarios: readonly Scenario[]): Promise<JudgedWithRun[]> {
  const all: JudgedWithRun[] = [];
  await runInOrder({
    tasks: scenarios,
    capacity: executor.capacity,
    run: (scenario) => runCase({ executor, oracle: checkersOracle }, { scenario, deviations: [] }),
    onResult: (outcome) => all.push(judgedOf(outcome)) > 0,
  });
  return all;
}

/** The verdicts of the scenarios, in their order. */
export async function verdictsOn(executor: Executor, scenarios: readonly Scenario[]): Promise<string[]> {
  return (await judgedOn(executor, scenarios)).map(({ verdict }) => verdict);
}

/** The verdict of one case, with its run. */
export function judgedOf(outcome: CaseOutcome): JudgedWithRun {
  if (outcome.kind === 'judged') return { ...wordsOf(outcome.judgement), run: outcome.judgement };
  const verdict = outcome.kind === 'stopped' ? 'stopped' : `infrastructure: ${outcome.message}`;
  return { verdict, bites: [], run: undefined };
}

/** The verdict of one judged run, and its faults that took effect. */
export function wordsOf(run: Judgement): Judged {
  const { faults } = run.history.scenario;
  const bites = run.receipts.flatMap(({ state }, index) => {
    const fault = faults[index];
    return state === 'bit' && fault !== undefined ? [`${index + 1}: ${faultLabel(fault)}`] : [];
  });
  return { verdict: verdictOf(run), bites };
}

function verdictOf(judgement: Judgement): string {
  const { findings, observerProblems, missingReceipts } = judgement;
  const properties = new Set(findings.map(({ property }) => property));
  const crash = firstProblem(judgement, 'self-check');
  if (crash !== undefined) return `self-check: ${crash.message}`;
  if (properties.size > 0) return `violation of ${[...properties].join(', ')}`;
  if (observerProblems.length > 0) return `inconclusive: ${observerProblems.join('; ')}`;
  if (missingReceipts.length > 0) return `inconclusive: no receipt of ${missingReceipts.join(', ')}`;
  return 'pass';
}
