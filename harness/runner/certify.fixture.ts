// Certifies on a scripted executor. By default the lane is sound, nothing is violated, and the plan consists of random scenarios.
import { liveDemands } from '../evidence/decide.ts';
import type { Oracle } from '../evidence/oracle.ts';
import type { Executor, RunOutcome } from '../execution/executor.ts';
import type { Case } from '../formats/case.ts';
import type { Acceptances } from '../formats/baseline.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import type { Scenario } from '../formats/scenario.ts';
import { type PlannedScenario, planScenarios } from '../generators/plan.ts';
import { certify } from './certify.ts';
import { scriptedExecutor, scriptedOracle, scriptedRun, scriptedScenario } from './executor.fixture.ts';
import { plannedRunner, plannedSpace } from './planned-search.ts';
import type { LaneCertification } from './result-of.ts';
import type { Progress } from './search.ts';

/** A run without events. */
export const clean = ({ scenario }: Case): RunOutcome => scriptedRun(scenario);

/** What a test sets in a certification. */
export interface Certified {
  readonly executor?: Executor;
  readonly oracle?: Oracle;
  /** How many scenarios are planned, where the plan itself does not matter. */
  readonly runs?: number;
  readonly plan?: readonly PlannedScenario[];
  readonly maxTimeMs?: number;
  readonly shrinkTimeMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onFinding?: (violation: unknown, fingerprints: readonly string[]) => void;
  readonly stopsAtFirst?: boolean;
  readonly corpus?: readonly Counterexample[];
  readonly baseline?: Acceptances;
}

/** Certifies a plan on the live lane, with the demands that a plan of its size has. */
export function certified(options: Certified = {}): Promise<LaneCertification> {
  const { executor = scriptedExecutor(clean), oracle = scriptedOracle(), runs = 20, signal } = options;
  const plan = options.plan ?? planScenarios({ seed: 7, count: runs });
  const running = { executor, oracle, signal };
  const demands = liveDemands(plan.length);
  return certify({
    ...running,
    space: plannedSpace(plan, { oracle, demands }),
    runner: plannedRunner({ ...running, isReplayed: () => options.stopsAtFirst === true }),
    demands,
    system: 'scripted',
    maxTimeMs: options.maxTimeMs,
    shrinkTimeMs: options.shrinkTimeMs,
    onProgress: options.onProgress,
    onFinding: options.onFinding,
    stopsAtFirst: options.stopsAtFirst,
    corpus: options.corpus,
    baseline: options.baseline,
  });
}

const latency = {
  kind: 'latency',
  stream: 'downstream',
  latencyMs: 700,
  jitterMs: 0,
  fromMs: 0,
  untilMs: 1_500,
} as const;
/** A scenario whose answers are late by a fault. */
export const withFault = (name: string): Scenario => scriptedScenario({ name, faults: [latency] });
/** A plan of these scenarios, as random draws. */
export const planOf = (...scenarios: Scenario[]): PlannedScenario[] =>
  scenarios.map((scenario) => ({ scenario, origin: 'random' }));
/** Forty names for otherwise equal scenarios. */
export const names = Array.from({ length: 40 }, (_, index) => `s${index}`);
