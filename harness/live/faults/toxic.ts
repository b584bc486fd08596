// Realises faults by one toxic of the fault proxy each.
import type { LinkToxic } from '../network.ts';
import type { InForce } from './realiser.ts';

/** A realiser that adds a toxic to the fault's stream while the fault is in force. */
export function byToxic<F extends Pick<LinkToxic, 'stream'>>(
  toxicOf: (fault: F) => Omit<LinkToxic, 'stream'>,
): InForce<F> {
  return {
    when: 'in-force',
    apply: ({ slot, fault, index }) => slot.serviceLink.addToxic(index, { stream: fault.stream, ...toxicOf(fault) }),
    heal: ({ slot, index }) => slot.serviceLink.removeToxic(index),
  };
}
