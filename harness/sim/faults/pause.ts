// pause on the simulated lane: the process is stopped when an answer has passed the front tap, before the answer wakes the legacy app.
import type { FaultOf } from '../../faults/catalogue.ts';
import { microsOf } from '../clock.ts';
import { EVENTS } from '../event-words.ts';
import type { Triggered } from './realiser.ts';

/** Stops the process once, at the first answer in the window, for `lastsMs` or until the window ends. */
export const pause: Triggered<FaultOf<'pause'>> = {
  when: 'triggered',
  arm({ world, processes, fault, index }) {
    let isStopped = false;
    const goOn = (): void => {
      if (!isStopped) return;
      isStopped = false;
      for (const process of processes[fault.process]) process.continue();
      world.recorder.note({ kind: 'fault-healed', fault: index });
    };
    const stop = (): void => {
      world.answerListeners.delete(stop);
      isStopped = true;
      for (const process of processes[fault.process]) process.stop();
      world.recorder.note({ kind: 'fault-applied', fault: index });
      world.engine.schedule(microsOf(fault.lastsMs), goOn, EVENTS.continues);
    };
    world.answerListeners.add(stop);
    return () => {
      world.answerListeners.delete(stop);
      goOn();
    };
  },
};
