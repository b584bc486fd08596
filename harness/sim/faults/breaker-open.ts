// breaker-open on the simulated lane: the rig writes the row of an OPEN breaker.
import type { FaultOf } from '../../faults/catalogue.ts';
import { openBreaker } from '../rig-data.ts';
import type { Momentary } from './realiser.ts';

/** Writes the row once; the systems close the breaker themselves. */
export const breakerOpen: Momentary<FaultOf<'breaker-open'>> = {
  when: 'at-once',
  apply: ({ rig, fault }) => openBreaker(rig, fault.breaker),
};
