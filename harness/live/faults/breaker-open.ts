// breaker-open on the live lane: the action of the system's description that opens a breaker, or calls that failed before the scenario began.
import type { FaultOf } from '../../faults/catalogue.ts';
import { performAction } from '../actions.ts';
import type { Momentary } from './realiser.ts';

/** Plants an OPEN breaker. A description that does not say how has no breaker that could be opened. */
export const breakerOpen: Momentary<FaultOf<'breaker-open'>> = {
  when: 'at-once',
  async apply({ slot, fault }) {
    const { openBreaker } = slot.description;
    if (openBreaker === undefined || 'failures' in openBreaker) return;
    await performAction(slot, openBreaker, { breaker: fault.breaker });
  },
};
