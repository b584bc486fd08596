// refuse on the live lane: neither the front tap nor the proxy behind it listens.
import type { FaultOf } from '../../faults/catalogue.ts';
import type { InForce } from './realiser.ts';

/** Refuses connections. */
export const refuse: InForce<FaultOf<'refuse'>> = {
  when: 'in-force',
  apply: ({ slot }) => slot.serviceLink.setOpen(false),
  heal: ({ slot }) => slot.serviceLink.setOpen(true),
};
