// terminate on the simulated lane: the schedule has an action each for the request to shut down and the restart.
import type { DoneElsewhere } from './realiser.ts';

/** The nemesis shuts down and restarts processes when the schedule says so; there is no fault to apply. */
export const terminate: DoneElsewhere = {
  when: 'elsewhere',
  where: 'the actions terminate and restart of the schedule',
};
