// The hosts of a random run: in some runs the service has a second process, or the clock of one machine is wrong. Live slots have neither,
// so the generators of scenarios for both lanes do not draw them.
import type { Scenario } from '../../formats/scenario.ts';
import type { RandomSource } from '../random.ts';

/** Of ONE_IN runs, one has a second service process and another one has a wrong clock, on average. */
const ONE_IN = 16;

/** How far a wrong clock is off: a little more than the lease of 800 ms, and far more than every wait of a system. */
const SKEWS_MICROS = [-30_000_000, -900_000, 900_000, 30_000_000] as const;

/** Adds the random hosts of one run of a swarm to its scenario; `attempt` is the number of the run. */
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
