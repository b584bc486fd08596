// provider on the simulated lane: the provider does something else than accept the messages of one system.
import type { FaultOf } from '../../faults/catalogue.ts';
import type { InForce } from './realiser.ts';

/** Puts the fault in force at the provider while its window is open. */
export const provider: InForce<FaultOf<'provider'>> = {
  when: 'in-force',
  apply: (running) => running.provider.apply(running.index, running.fault),
  heal: (running) => running.provider.heal(running.index),
};
