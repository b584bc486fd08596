// missing-uuid on the live lane: nothing to realise here.
import type { DoneElsewhere } from './realiser.ts';

/** The seeding of the run blanks the item's uuid. */
export const missingUuid: DoneElsewhere = { when: 'elsewhere', where: 'the data of the run, run-data.ts' };
