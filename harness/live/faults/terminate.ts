// terminate on the live lane: nothing to realise here.
import type { DoneElsewhere } from './realiser.ts';

/** The schedule itself has the actions terminate and restart, which the nemesis performs. */
export const terminate: DoneElsewhere = {
  when: 'elsewhere',
  where: 'the actions terminate and restart of the schedule',
};
