// redelivery on the live lane.
import type { DoneElsewhere } from './realiser.ts';

/** It is a trigger like every other. */
export const redelivery: DoneElsewhere = { when: 'elsewhere', where: 'the action trigger of the schedule' };
