// crash on the live lane.
import type { DoneElsewhere } from './realiser.ts';

/** Its two actions are the schedule's own, for the nemesis crashes and restarts processes. */
export const crash: DoneElsewhere = { when: 'elsewhere', where: 'the actions crash and restart of the schedule' };
