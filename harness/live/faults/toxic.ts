// A fault that one toxic of the fault proxy realises, while it is in force.
import type { LinkToxic } from '../network.ts';
import type { InForce } from './realiser.ts';

/** Realises a kind of fault by a toxic on its stream. */
export function byToxic<F extends Pick<LinkToxic, 'stream'>>(
  toxicOf: (fault: F) => Omit<LinkToxic, 'stream'>,
): InForce<F> {
  return {
    when: 'in-force',
    apply: ({ slot, fault, index }) => slot.serviceLink.addToxic(index, { stream: fault.stream, ...toxicOf(fault) }),
    heal: ({ slot, index }) => slot.serviceLink.removeToxic(index),
  };
}
