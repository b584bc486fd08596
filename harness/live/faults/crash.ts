// crash on the live lane: nothing to realise here.
import type { DoneElsewhere } from './realiser.ts';

/** The schedule itself has the actions crash and restart, which the nemesis performs. */
export const crash: DoneElsewhere = { when: 'elsewhere', where: 'the actions crash and restart of the schedule' };
