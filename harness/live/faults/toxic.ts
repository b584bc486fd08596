// A fault that one toxic of the fault proxy realises, while it is in force.
import type { RoadToxic } from '../network.ts';
import type { InForce } from './realiser.ts';

/** Realises a kind of fault by a toxic on its stream. */
export function byToxic<F extends Pick<RoadToxic, 'stream'>>(
  toxicOf: (fault: F) => Omit<RoadToxic, 'stream'>,
): InForce<F> {
  return {
    when: 'in-force',
    apply: ({ slot, fault, index }) => slot.road.addToxic(index, { stream: fault.stream, ...toxicOf(fault) }),
    heal: ({ slot, index }) => slot.road.removeToxic(index),
  };
}
