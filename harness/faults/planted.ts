// What the faults share that only gates plant: they are data of the run, or done at its cut, so no window and no moment is theirs.
import { NO_DELAY } from './definition.ts';

/** A fault that random scenarios and plans leave out. */
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
