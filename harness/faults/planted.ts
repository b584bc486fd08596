// What the faults that only gates plant have in common: they are part of the run's data or made at its cut, so they have no time.
import { NO_DELAY } from './definition.ts';

/** The common definition of faults that random scenarios and plans never contain. */
export const PLANTED_FAULT = {
  window: () => undefined,
  actions: () => [],
  longestDelay: () => NO_DELAY,
  obstacle: () => undefined,
  random: undefined,
  samples: [],
  plainNumbers: {},
  moved: <F>(fault: F): F => fault,
  spaced: <F>(fault: F): F => fault,
};
