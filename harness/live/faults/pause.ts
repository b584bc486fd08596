// pause on the live lane: the observers' thread passes the answer on and stops the reading process immediately; the rig's main thread would
// often be too late. The process continues after `lastsMs`, when the window closes, or when the nemesis heals all faults.
import type { FaultOf } from '../../faults/catalogue.ts';
import { type Interval, rigMicros } from '../observers/clock.ts';
import type { Armed, RunningFault, Triggered } from './realiser.ts';

type PauseFault = FaultOf<'pause'>;

/** A separate observer: order is exact within an observer, and the rig learns late when the thread stopped the process. */
const OBSERVER = 'nemesis at the front tap';

/** Stops the process at the first answer, once. */
export const pause: Triggered<PauseFault> = { when: 'triggered', arm };

async function arm({ slot, fault, index, recorder }: RunningFault<PauseFault>): Promise<Armed> {
  const process = slot.processes[fault.process];
  let timer: NodeJS.Timeout | undefined;
  let hasStopped = false;

  const resume = (): void => {
    const earliest = rigMicros();
    process.continue();
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    recorder.note({ observer: OBSERVER, kind: 'fault-healed', fault: index }, { earliest, latest: rigMicros() });
  };
  const onStopped = (interval: Interval): void => {
    hasStopped = true;
    // Also pauses processes that it started after the order was given.
    process.pause();
    recorder.note({ observer: OBSERVER, kind: 'fault-applied', fault: index }, interval);
    timer = setTimeout(resume, fault.lastsMs - (rigMicros() - interval.latest) / 1_000);
  };
  const orderStop = async (): Promise<void> => {
    const [pid] = process.leaders();
    if (pid === undefined || hasStopped) return;
    const kin = process.pids().filter((other) => other !== pid);
    await slot.observatory.stopAtAnswer(slot.number, { pid, kin, onStopped });
  };

  await orderStop();
  return {
    rearm: orderStop,
    async disarm() {
      try {
        await slot.observatory.forgetStop(slot.number);
      } finally {
        // Also if the observers are lost: a process that they stopped must not stay stopped forever.
        resume();
      }
    },
  };
}
