// The verdict of each of many scenarios on one lane, in words that can be compared with those of another lane.
import type { Lane } from '../../harness/formats/run.ts';
import type { Scenario } from '../../harness/formats/scenario.ts';
import { checkersOracle } from '../../harness/runner/checkers-oracle.ts';
import { runPool } from '../../harness/runner/pool.ts';
import { runScenario, type ScenarioOutcome } from '../../harness/runner/run-scenario.ts';

/** Runs the scenarios, as many at once as the lane has slots. Answers in their order: `pass`, `violation of S1`, or what was in the way. */
export async function verdictsOn(lane: Lane, scenarios: readonly Scenario[]): Promise<string[]> {
  const verdicts: string[] = [];
  await runPool({
    jobs: scenarios,
    capacity: lane.capacity,
    run: (scenario) => runScenario({ lane, oracle: checkersOracle }, scenario),
    onResult: (outcome, _scenario, index) => {
      verdicts[index] = verdictOf(outcome);
    },
  });
  return verdicts;
}

function verdictOf(outcome: ScenarioOutcome): string {
  if (outcome.kind !== 'judged') return outcome.kind === 'stopped' ? 'stopped' : `infrastructure: ${outcome.message}`;
  const { findings, crashes, trouble, missingReceipts } = outcome.run;
  const properties = new Set(findings.map(({ property }) => property));
  if (crashes.length > 0) return `self-check: ${crashes.join('; ')}`;
  if (properties.size > 0) return `violation of ${[...properties].join(', ')}`;
  if (trouble.length > 0) return `inconclusive: ${trouble.join('; ')}`;
  if (missingReceipts.length > 0) return `inconclusive: no receipt of ${missingReceipts.join(', ')}`;
  return 'pass';
}
