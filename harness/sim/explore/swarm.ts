// Random swarms: random scenarios, each with a few of the kinds of deviation enabled and a constant budget spread over those, so that
// rare kinds get their turn as often as common ones.
import type { Scenario } from '../../formats/scenario.ts';
import { planScenarios } from '../../generators/plan.ts';
import { SETTLED_STRATA } from '../../generators/strata.ts';
import type { Chooser } from '../decide.ts';
import { RandomSource } from '../random.ts';
import type { SimRequest } from '../run.ts';
import { sparseScenarios } from './rare-states.ts';

/** How many deviations a run of the swarm has at most. */
const BUDGET = 3;

/** How likely a kind of deviation is enabled in a run. */
const ENABLED = 0.4;

/** About how often a site comes up in a run, where that is not once or twice: the budget of a kind is spread over its points. */
const USUAL_POINTS: Readonly<Record<string, number>> = { legacy: 60, service: 30, tie: 10 };
const FEW_POINTS = 3;
const STORE_POINTS = 40;
const FEW = new Set(['answer', 'request', 'provider', 'clock', 'route']);

/** The runs of one unit of the swarm: a function of its seed and count alone. */
export function* swarmRequests({ seed, count }: { seed: number; count: number }): Generator<SimRequest> {
  for (const [index, scenario] of swarmScenarios(seed, count).entries()) {
    yield { scenario, chooser: swarmChooser(seed * 65_536 + index), skewMicros: { legacy: 0, service: 0 } };
  }
}

function swarmScenarios(seed: number, count: number): Scenario[] {
  const sparse = sparseScenarios(seed);
  const drawn = planScenarios({ seed, count: Math.max(0, count - sparse.length), strata: SETTLED_STRATA });
  return [...sparse, ...drawn.map(({ scenario }) => scenario)].slice(0, count);
}

/** Deviates at random within the budget. What one point does changes no other's luck, as long as the budget lasts. */
export function swarmChooser(seed: number): Chooser {
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
