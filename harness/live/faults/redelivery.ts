// redelivery on the live lane: nothing to realise here.
import type { DoneElsewhere } from './realiser.ts';

/** The schedule itself triggers the campaign again. */
export const redelivery: DoneElsewhere = { when: 'elsewhere', where: 'the action trigger of the schedule' };
