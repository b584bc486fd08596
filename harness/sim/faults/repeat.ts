// repeat on the simulated lane: some time after an attempt has reached the provider, a client repeats its uuid to the service.
import { isRepeated, type SeenAttempt } from '../../execution/repeated-request.ts';
import type { FaultOf } from '../../faults/catalogue.ts';
import { repeatUuid } from '../client.ts';
import type { Triggered } from './realiser.ts';

/** Repeats the uuid of the service's first attempt for the item, once. */
export const repeat: Triggered<FaultOf<'repeat'>> = {
  when: 'triggered',
  arm({ world, processes, fault }) {
    const onAttempt = (attempt: SeenAttempt): void => {
      if (!isRepeated(fault, attempt)) return;
      world.attemptListeners.delete(onAttempt);
      repeatUuid(world, processes.service, { fault, attempt });
    };
    world.attemptListeners.add(onAttempt);
    return () => world.attemptListeners.delete(onAttempt);
  },
};
