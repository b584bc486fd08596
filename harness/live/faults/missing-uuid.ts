// missing-uuid on the live lane.
import type { DoneElsewhere } from './realiser.ts';

/** The item is blank in the data that the run begins with. */
export const missingUuid: DoneElsewhere = { when: 'elsewhere', where: 'the data of the run, run-data.ts' };
