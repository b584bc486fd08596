// terminate on the live lane.
import type { DoneElsewhere } from './realiser.ts';

/** Its two actions are the schedule's own, for the nemesis ends and restarts processes. */
export const terminate: DoneElsewhere = {
  when: 'elsewhere',
  where: 'the actions terminate and restart of the schedule',
};
