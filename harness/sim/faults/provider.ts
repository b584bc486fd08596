// provider on the simulated lane: the provider treats the messages of one system otherwise.
import type { FaultOf } from '../../faults/catalogue.ts';
import type { InForce } from './realiser.ts';

/** Programs the provider. */
export const provider: InForce<FaultOf<'provider'>> = {
  when: 'in-force',
  apply: (running) => running.provider.apply(running.index, running.fault),
  heal: (running) => running.provider.heal(running.index),
};
