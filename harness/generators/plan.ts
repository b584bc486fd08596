// Plans which scenarios a run executes, and in which order. The same seed and count give exactly the same plan.
import * as fc from 'fast-check';
import type { Scenario } from '../formats/scenario.ts';
import { scenarioArbitrary } from './scenario-arbitrary.ts';
import { STRATA } from './strata.ts';
import type { Stratum } from './stratum.ts';

/** A scenario with its origin. Only random ones are independent draws of one distribution, so only they count in a statistical claim. */
export interface PlannedScenario {
  readonly scenario: Scenario;
  readonly origin: 'stratified' | 'random';
}

/** The seed and the number of scenarios of a plan, and limits to what it holds. */
export interface PlanOptions {
  readonly seed: number;
  readonly count: number;
  /** The strata that the plan begins with; all of them by default. */
  readonly strata?: readonly Stratum[];
  /** Whether a scenario is allowed in the plan; undefined: all are. */
  readonly admits?: (scenario: Scenario) => boolean;
}

/** More rounds of strata would only leave fewer random scenarios. */
const ROUNDS_MAX = 3;

/**
 * Plans `count` scenarios: first the strata, in one round or in up to three as long as they fill at most half of the plan, then random
 * draws. A plan shorter than one round is the beginning of that round.
 */
export function planScenarios(options: PlanOptions): readonly PlannedScenario[] {
  const stratified = stratifiedPart(options);
  const random = randomPart(options, options.count - stratified.length);
  return [...stratified, ...random];
}

function stratifiedPart({ seed, count, strata = STRATA, admits = () => true }: PlanOptions): PlannedScenario[] {
  const rounds = Math.min(ROUNDS_MAX, Math.max(1, Math.floor(count / 2 / strata.length)));
  const all = Array.from({ length: rounds }, (_, round) => strataRound(strata, seed, round)).flat();
  return all.filter(({ scenario }) => admits(scenario)).slice(0, count);
}

function strataRound(strata: readonly Stratum[], seed: number, round: number): PlannedScenario[] {
  return strata.map((stratum, index) => ({
    origin: 'stratified',
    scenario: {
      format: 'onesend.scenario/1',
      name: `stratum ${index + 1}.${round + 1}: ${stratum.title}`,
      seed,
      ...stratum.build(Math.abs(seed) + index + round),
    },
  }));
}

function randomPart({ seed, admits }: PlanOptions, count: number): PlannedScenario[] {
  if (count <= 0) return [];
  const scenarios = admits === undefined ? scenarioArbitrary : scenarioArbitrary.filter(admits);
  // Without fast-check's bias all draws have one distribution, which the bound in a certificate requires.
  const drawn = fc.sample(fc.noBias(scenarios), { seed, numRuns: count });
  return drawn.map((scenario, index) => ({
    origin: 'random',
    scenario: { ...scenario, name: `random ${index + 1} of seed ${seed}` },
  }));
}
