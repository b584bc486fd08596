// A pool of one worker in the calling thread, for systems that exist only in this process, and for tests.
import type { Executor } from '../../execution/executor.ts';
import { demandPlayable } from '../../execution/refusal.ts';
import type { Oracle } from '../../evidence/oracle.ts';
import { describeSim, observedRun, type SimLane, simRefusal } from '../lane.ts';
import { simpleDecisions } from '../simple-decisions.ts';
import { FRESH } from '../../formats/runs-before.ts';
import { reliveTasks, runAfter } from './relive.ts';
import { runTask } from './task-runner.ts';
import { WorkerLives } from './worker-lives.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Opens a simulator of the same system whose modules are loaded again. */
type OpenFresh = () => Promise<SimLane>;

/**
 * Makes the pool. It has no watchdog: a run with a livelock blocks the thread forever. Without `openFresh` no run can be made in a fresh
 * process, so the pool cannot tell a system that keeps state from run to run from a mistake of the rig.
 */
export function inlinePool(lane: SimLane, oracle: Oracle, openFresh?: OpenFresh): WorkerPool {
  let isStopped = false;
  const lives = new WorkerLives();
  return {
    lane: 'sim',
    capacity: 1,
    isDeterministic: true,
    async run(task) {
      const result = await runTask(task, { lane, oracle, beforeRun: () => !isStopped });
      lives.add(task, { slot: 1, starts: 1, runs: result.runs });
      return result;
    },
    async relive(task, isWhole) {
      const life = lives.of(task, isWhole);
      if (life === undefined || openFresh === undefined) return undefined;
      const fresh = { lane: await openFresh(), oracle, beforeRun: () => true };
      return { ...(await reliveTasks(life.tasks, fresh)), slot: life.slot, runsBefore: life.runsBefore };
    },
    stop() {
      isStopped = true;
    },
    asExecutor: () => inlineExecutor(lane, openFresh),
    async look({ case: tried, after, untilMicros }) {
      const own = openFresh === undefined ? lane : await openFresh();
      return (await runAfter(tried, after, { lane: own, beforeRun: () => true, untilMicros })).state();
    },
    close: () => lane.close(),
  };
}

/** A simulator of this thread as an executor of single cases, without a watchdog. */
export function inlineExecutor(lane: SimLane, openFresh?: OpenFresh): Executor {
  return {
    lane: 'sim',
    capacity: 1,
    isDeterministic: true,
    refusal: simRefusal,
    simpleDecisions,
    async run(tried, { signal, after } = {}) {
      demandPlayable({ refusal: simRefusal }, [tried]);
      signal?.throwIfAborted();
      const own = after === undefined || openFresh === undefined ? lane : await openFresh();
      return observedRun(await runAfter(tried, after ?? FRESH, { lane: own, beforeRun: () => true }));
    },
    describe: () => describeSim({ drain: lane.drain, workers: 1 }),
    close: () => lane.close(),
  };
}
