// Random swarms: random scenarios under random deviations. Each run enables a few decision sites and spreads a constant budget over them,
// so that sites that come up rarely deviate as often as those that come up often.
import type { Case } from '../../formats/case.ts';
import { planScenarios } from '../../generators/plan.ts';
import { SETTLED_STRATA } from '../../generators/strata.ts';
import type { Chooser } from '../decide.ts';
import { RandomSource } from '../random.ts';
import type { SimCase } from '../run.ts';
import { onDrawnHosts } from './odd-hosts.ts';
import { rareStates } from './rare-states.ts';
import type { Task } from './task.ts';

/** The most deviations of a run. */
const BUDGET = 3;

/** The probability that a decision site is enabled in a run. */
const ENABLED = 0.4;

/**
 * About how often each site comes up in a run: its probability to deviate is spread over its points. The sites in FEW come up FEW_POINTS
 * times, and those that are not named here, which are the store's, STORE_POINTS times.
 */
const USUAL_POINTS: Readonly<Record<string, number>> = { legacy: 60, service: 30, tie: 10 };
const FEW_POINTS = 3;
const STORE_POINTS = 40;
const FEW = new Set(['answer', 'request', 'provider', 'clock', 'route', 'client']);

/** How many runs one task makes. */
const TASK_RUNS = 250;

/** Seeds are whole numbers below this bound, as in the generator of scenarios. */
const SEEDS = 2_147_483_647;

/** The tasks of a swarm. Each has its own random seed, so that swarms of neighbouring seeds share no task. */
export function* swarmTasks(seed: number, count: number): Generator<Extract<Task, { kind: 'swarm' }>> {
  const random = new RandomSource(seed);
  for (let from = 0; from < count; from += TASK_RUNS) {
    const own = random.below(SEEDS, { site: 'swarm', message: '', attempt: from / TASK_RUNS });
    yield { kind: 'swarm', seed: own, count: Math.min(TASK_RUNS, count - from) };
  }
}

/**
 * The runs of one task of the swarm, which depend on its seed and count alone. Half of the rare states get no random deviations, so that a
 * run certainly reaches them.
 */
export function* swarmCases({ seed, count }: { seed: number; count: number }): Generator<SimCase> {
  const rare = rareStates(seed);
  for (const [index, sample] of sampleCases(rare, { seed, count }).entries()) {
    const isUndisturbed = index < rare.length && (seed + index) % 2 === 0;
    yield isUndisturbed ? sample : { ...sample, chooser: swarmChooser(seed * 65_536 + index) };
  }
}

function sampleCases(rare: readonly Case[], { seed, count }: { seed: number; count: number }): Case[] {
  const drawn = planScenarios({ seed, count: Math.max(0, count - rare.length), strata: SETTLED_STRATA });
  const random = new RandomSource(seed);
  const hosted = drawn.map(({ scenario }, index) => onDrawnHosts(scenario, random, index));
  return [...rare, ...hosted.map((scenario) => ({ scenario, deviations: [] }))].slice(0, count);
}

/** Deviates at random within the budget. While the budget lasts, the choice at one point does not change the choices at others. */
function swarmChooser(seed: number): Chooser {
  const random = new RandomSource(seed);
  const chances = new Map<string, number>();
  let left = BUDGET;
  const chanceOf = (site: string): number => {
    const known = chances.get(site);
    if (known !== undefined) return known;
    const isEnabled = random.unit({ site: 'enabled', message: site, attempt: 0 }) < ENABLED;
    const points = FEW.has(site) ? FEW_POINTS : (USUAL_POINTS[site] ?? STORE_POINTS);
    const chance = isEnabled ? 1 / points : 0;
    chances.set(site, chance);
    return chance;
  };
  return ({ site, key, attempt }) => {
    if (left === 0) return 0;
    const address = { site: site.name, message: key, attempt };
    if (random.unit(address) >= chanceOf(site.name)) return 0;
    left -= 1;
    return 1 + random.below(site.choices.length - 1, { ...address, site: `${site.name}/choice` });
  };
}
