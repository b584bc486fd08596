// A chooser that deviates at random, for tests that want many different runs.
import type { Chooser } from './decide.ts';
import { RandomSource } from './random.ts';

/** Random deviations: each point deviates with this probability while the budget lasts. */
export interface RandomChooserOptions {
  readonly seed: number;
  readonly probability: number;
  readonly budget: number;
}

/** A chooser that deviates at random, each point by its own address: what one point does changes no other's luck. */
export function randomChooser({ seed, probability, budget }: RandomChooserOptions): Chooser {
  const random = new RandomSource(seed);
  let left = budget;
  return ({ site, key, attempt }) => {
    if (left === 0) return 0;
    const address = { site: site.name, message: key, attempt };
    if (random.unit(address) >= probability) return 0;
    left -= 1;
    return 1 + random.below(site.choices.length - 1, { ...address, site: `${site.name}/choice` });
  };
}
