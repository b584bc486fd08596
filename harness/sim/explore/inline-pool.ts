// A pool of one worker in this thread: for systems that only this process has, and for tests.
import type { Executor } from '../../execution/executor.ts';
import type { Oracle } from '../../evidence/oracle.ts';
import { describeSim, observedRun, type SimLane } from '../lane.ts';
import { runTask } from './task-runner.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Makes the pool. It has no watchdog: a run that never comes back holds its thread for ever. */
export function inlinePool(lane: SimLane, oracle: Oracle): WorkerPool {
  let isStopped = false;
  return {
    lane: 'sim',
    capacity: 1,
    isDeterministic: true,
    run: (task) => runTask(task, { lane, oracle, beforeRun: () => !isStopped }),
    stop() {
      isStopped = true;
    },
    asExecutor: () => inlineExecutor(lane),
    close: () => lane.close(),
  };
}

/** A simulator of this thread as a lane for single cases, without a watchdog. */
export function inlineExecutor(lane: SimLane): Executor {
  return {
    lane: 'sim',
    capacity: 1,
    isDeterministic: true,
    async run({ scenario, deviations }, options) {
      options?.signal?.throwIfAborted();
      return observedRun(await lane.simulate(scenario, { deviations }));
    },
    describe: () => describeSim({ drain: lane.drain, workers: 1 }),
    close: () => lane.close(),
  };
}
