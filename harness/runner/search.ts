// The main search: runs the plan, keeps the evidence of every run, and picks the violating run that is most worth shrinking.
import { PROPERTY_IDS } from '../formats/finding.ts';
import type { Scenario } from '../formats/scenario.ts';
import type { PlannedScenario } from '../generators/plan.ts';
import type { JudgedRun } from './judged-run.ts';
import { runPool, type PoolEnd } from './pool.ts';
import { runScenario, type RunContext } from './run-scenario.ts';
import { scenarioSize } from './scenario-size.ts';
import { Tally } from './tally.ts';

/** How far a run has come. */
export interface Progress {
  readonly phase: 'search' | 'shrink';
  readonly done: number;
  readonly planned: number;
  readonly violations: number;
  readonly elapsedMs: number;
}

/** What a search needs beside its lane and oracle. */
export interface SearchOptions extends RunContext {
  readonly plan: readonly PlannedScenario[];
  readonly maxTimeMs?: number | undefined;
  /** Launch nothing more once so many scenarios have violated; Infinity hunts to the end of the plan. */
  readonly enoughViolations?: number | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** What a search found. */
export interface SearchResult {
  readonly tally: Tally;
  /** The violating runs, the most promising first. */
  readonly violating: readonly JudgedRun[];
  /** `infrastructure`: so many scenarios failed in a row that the rest would have failed too. */
  readonly end: PoolEnd | 'infrastructure';
}

const ENOUGH_VIOLATIONS = 3;

/** Runs a plan. What ran before a stop is always kept. */
export async function search(options: SearchOptions): Promise<SearchResult> {
  const { plan, lane } = options;
  const enough = options.enoughViolations ?? ENOUGH_VIOLATIONS;
  const hopeless = Math.max(3, lane.capacity);
  const tally = new Tally(plan, (fault) => options.oracle.label(fault));
  const violating: JudgedRun[] = [];
  const startedMs = performance.now();
  let done = 0;
  let failuresInARow = 0;
  const end = await runPool({
    jobs: plan,
    capacity: lane.capacity,
    signal: options.signal,
    maxTimeMs: options.maxTimeMs,
    isEnough: () => violating.length >= enough || failuresInARow >= hopeless,
    run: (planned) => runScenario(options, planned.scenario),
    onResult: (outcome, planned) => {
      tally.add(planned, outcome);
      if (outcome.kind === 'stopped') return;
      done += 1;
      failuresInARow = outcome.kind === 'infrastructure' ? failuresInARow + 1 : 0;
      if (outcome.kind === 'judged' && outcome.run.findings.length > 0) violating.push(outcome.run);
      options.onProgress?.({
        phase: 'search',
        done,
        planned: plan.length,
        violations: violating.length,
        elapsedMs: performance.now() - startedMs,
      });
    },
  });
  const isHopeless = end === 'enough' && violating.length < enough;
  return { tally, violating: violating.toSorted(byPromise), end: isHopeless ? 'infrastructure' : end };
}

/** S1 first, then the other properties in their order; among equals the one with the fewest messages and faults. */
function byPromise(a: JudgedRun, b: JudgedRun): number {
  return rank(a) - rank(b) || sizeOf(a.history.scenario) - sizeOf(b.history.scenario);
}

function rank(run: JudgedRun): number {
  return Math.min(...run.findings.map((finding) => PROPERTY_IDS.indexOf(finding.property)));
}

function sizeOf(scenario: Scenario): number {
  const { messages, faults } = scenarioSize(scenario);
  return messages + faults;
}
