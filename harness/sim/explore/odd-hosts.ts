// The hosts of a random run: now and then the service has a second process, or the clocks of the machines are apart. Live slots have
// neither, so these are no part of the scenarios that both lanes draw.
import type { Scenario } from '../../formats/scenario.ts';
import type { RandomSource } from '../random.ts';

/** One run in so many has a second service process, and another one in so many has clocks that are apart. */
const ONE_IN = 16;

/** How far a clock is off: around the lease of 800 ms, and far past every wait of a system. */
const SKEWS_MICROS = [-30_000_000, -900_000, 900_000, 30_000_000] as const;

/** The scenario of one run of a swarm, on the hosts that the run draws. */
export function onDrawnHosts(scenario: Scenario, random: RandomSource, attempt: number): Scenario {
  const drawn = random.below(ONE_IN, { site: 'hosts', message: '', attempt });
  if (drawn === 0) return { ...scenario, serviceInstances: 2 };
  if (drawn > 1) return scenario;
  const skew = (clock: string): number => {
    const place = random.below(SKEWS_MICROS.length, { site: 'skew', message: clock, attempt });
    return SKEWS_MICROS[place] ?? 0;
  };
  const isLegacy = random.below(2, { site: 'skewed', message: '', attempt }) === 0;
  return {
    ...scenario,
    skewMicros: isLegacy ? { legacy: skew('legacy'), service: 0 } : { legacy: 0, service: skew('service') },
  };
}
