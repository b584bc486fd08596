// tamper on the simulated lane: the rig changes rows of a log before the reconciliation.
import type { DoneElsewhere } from './realiser.ts';

/** The script tampers with the log at the quiescent cut; there is no fault to apply. */
export const tamper: DoneElsewhere = { when: 'elsewhere', where: 'the quiescent cut, rig-data.ts' };
