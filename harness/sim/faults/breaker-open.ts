// breaker-open on the simulated lane: the rig writes the breaker's row.
import type { FaultOf } from '../../faults/catalogue.ts';
import { openBreaker } from '../rig-data.ts';
import type { Momentary } from './realiser.ts';

/** Plants an OPEN breaker. */
export const breakerOpen: Momentary<FaultOf<'breaker-open'>> = {
  when: 'at-once',
  apply: ({ rig, fault }) => openBreaker(rig, fault.breaker),
};
