// tamper on the live lane: nothing to realise here.
import type { DoneElsewhere } from './realiser.ts';

/** The script of the run tampers with the rows once the run is quiescent, before the reconciliation. */
export const tamper: DoneElsewhere = { when: 'elsewhere', where: 'the quiescent cut, run-data.ts' };
