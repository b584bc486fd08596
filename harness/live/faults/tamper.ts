// tamper on the live lane.
import type { DoneElsewhere } from './realiser.ts';

/** It is done at the cut, before the reconciliation. */
export const tamper: DoneElsewhere = { when: 'elsewhere', where: 'the quiescent cut, run-data.ts' };
