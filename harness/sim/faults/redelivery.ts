// redelivery on the simulated lane: the schedule has an action that triggers the campaign again.
import type { DoneElsewhere } from './realiser.ts';

/** The user triggers the campaign when the schedule says so; there is no fault to apply. */
export const redelivery: DoneElsewhere = { when: 'elsewhere', where: 'the action trigger of the schedule' };
