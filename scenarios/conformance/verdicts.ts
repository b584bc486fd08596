// What many scenarios come to on one lane, in words that can be compared with those of another lane.
import { faultLabel } from '../../harness/faults/catalogue.ts';
import type { Lane } from '../../harness/execution/executor.ts';
import type { Scenario } from '../../harness/formats/scenario.ts';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import type { JudgedRun } from '../../harness/runner/judged-run.ts';
import { runPool } from '../../harness/runner/pool.ts';
import { runScenario, type ScenarioOutcome } from '../../harness/runner/run-scenario.ts';

/** What one scenario came to. */
export interface Judged {
  /** `pass`, `violation of S1`, or what was in the way. */
  readonly verdict: string;
  /** The faults that bit, by place and label. */
  readonly bites: readonly string[];
}

/** The same with the run itself; a scenario that the machine could not run has none. */
export interface JudgedWithRun extends Judged {
  readonly run: JudgedRun | undefined;
}

/** Runs the scenarios, as many at once as the lane has slots. Answers in their order. */
export async function judgedOn(lane: Lane, scenarios: readonly Scenario[]): Promise<JudgedWithRun[]> {
  const all: JudgedWithRun[] = [];
  await runPool({
    jobs: scenarios,
    capacity: lane.capacity,
    run: (scenario) => runScenario({ lane, oracle: checkersOracle }, scenario),
    onResult: (outcome, _scenario, index) => {
      all[index] = judgedOf(outcome);
    },
  });
  return all;
}

/** The same in words alone. */
export async function verdictsOn(lane: Lane, scenarios: readonly Scenario[]): Promise<string[]> {
  return (await judgedOn(lane, scenarios)).map(({ verdict }) => verdict);
}

/** One outcome in words, with its run. */
export function judgedOf(outcome: ScenarioOutcome): JudgedWithRun {
  if (outcome.kind === 'judged') return { ...wordsOf(outcome.run), run: outcome.run };
  const verdict = outcome.kind === 'stopped' ? 'stopped' : `infrastructure: ${outcome.message}`;
  return { verdict, bites: [], run: undefined };
}

/** One judged run in words. */
export function wordsOf(run: JudgedRun): Judged {
  const { faults } = run.history.scenario;
  const bites = run.receipts.flatMap(({ state }, index) => {
    const fault = faults[index];
    return state === 'bit' && fault !== undefined ? [`${index + 1}: ${faultLabel(fault)}`] : [];
  });
  return { verdict: verdictOf(run), bites };
}

function verdictOf({ findings, crashes, observerProblems, missingReceipts }: JudgedRun): string {
  const properties = new Set(findings.map(({ property }) => property));
  if (crashes.length > 0) return `self-check: ${crashes.join('; ')}`;
  if (properties.size > 0) return `violation of ${[...properties].join(', ')}`;
  if (observerProblems.length > 0) return `inconclusive: ${observerProblems.join('; ')}`;
  if (missingReceipts.length > 0) return `inconclusive: no receipt of ${missingReceipts.join(', ')}`;
  return 'pass';
}
