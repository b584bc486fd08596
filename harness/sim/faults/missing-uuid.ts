// missing-uuid on the simulated lane: the database holds an item with an empty uuid from the start.
import type { DoneElsewhere } from './realiser.ts';

/** The seeds of the run contain the item without its uuid; there is no fault to apply. */
export const missingUuid: DoneElsewhere = { when: 'elsewhere', where: 'the data of the run, rig-data.ts' };
