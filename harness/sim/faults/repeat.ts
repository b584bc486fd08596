// repeat on the simulated lane: the provider has the attempt, and the client asks the service some time after it.
import { isRepeated, type SeenAttempt } from '../../execution/repeated-request.ts';
import type { FaultOf } from '../../faults/catalogue.ts';
import { repeatUuid } from '../client.ts';
import type { Triggered } from './realiser.ts';

/** Repeats the uuid of the first attempt, once. */
export const repeat: Triggered<FaultOf<'repeat'>> = {
  when: 'triggered',
  arm({ world, processes, fault }) {
    const heard = (attempt: SeenAttempt): void => {
      if (!isRepeated(fault, attempt)) return;
      world.attemptListeners.delete(heard);
      repeatUuid(world, processes.service, { fault, attempt });
    };
    world.attemptListeners.add(heard);
    return () => world.attemptListeners.delete(heard);
  },
};
