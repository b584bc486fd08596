// A chooser that deviates at random, for tests that need many different runs.
import type { Chooser } from './decide.ts';
import { RandomSource } from './random.ts';

/** Each decision point deviates with this probability, until the run has `budget` deviations. */
export interface RandomChooserOptions {
  readonly seed: number;
  readonly probability: number;
  readonly budget: number;
}

/** A chooser that deviates at random. Each point has its own random numbers, so the choice at one point does not change those of others. */
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
