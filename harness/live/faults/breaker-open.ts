// breaker-open on the live lane: the statements of the system's description that open a breaker.
import type { FaultOf } from '../../faults/catalogue.ts';
import { runStatements } from '../named-parameters.ts';
import type { Momentary } from './realiser.ts';

/** Plants an OPEN breaker. A description without such statements has no breaker that could be opened. */
export const breakerOpen: Momentary<FaultOf<'breaker-open'>> = {
  when: 'at-once',
  apply: ({ slot, fault }) =>
    runStatements(slot.database, slot.description.openBreaker ?? [], { breaker: fault.breaker }),
};
