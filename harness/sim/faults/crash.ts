// crash on the simulated lane: the schedule has an action each for the crash and the restart.
import type { DoneElsewhere } from './realiser.ts';

/** The nemesis crashes and restarts processes when the schedule says so; there is no fault to apply. */
export const crash: DoneElsewhere = { when: 'elsewhere', where: 'the actions crash and restart of the schedule' };
