// breaker-open on the live lane: performs the action of the description that opens a breaker. Where failed calls open it, that has happened
// before the scenario began (open-by-failures.ts).
import type { FaultOf } from '../../faults/catalogue.ts';
import { performAction } from '../actions.ts';
import type { Momentary } from './realiser.ts';

/** Plants an OPEN breaker. Without `openBreaker` in the description there is no breaker to open. */
export const breakerOpen: Momentary<FaultOf<'breaker-open'>> = {
  when: 'at-once',
  async apply({ slot, fault }) {
    const { openBreaker } = slot.description;
    if (openBreaker === undefined || 'failures' in openBreaker) return;
    await performAction(slot, openBreaker, { breaker: fault.breaker });
  },
};
