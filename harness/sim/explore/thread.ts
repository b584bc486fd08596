// The worker thread of the sim lane: loads the system, then answers requests of the main thread.
import { workerData } from 'node:worker_threads';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { FRESH } from '../../formats/runs-before.ts';
import { serveCalls } from '../../platform/worker-calls.ts';
import { observedRun, openSimLaneOf } from '../lane.ts';
import { reliveTasks, runAfter } from './relive.ts';
import { runLivelocked, runTask, type TaskSurroundings } from './task-runner.ts';
import type { ThreadAnswer, ThreadRequest, ThreadData } from './thread-messages.ts';
import { ThreadProgress } from './thread-progress.ts';

const { module, sim, progress: memory } = workerData as ThreadData;
const progress = new ThreadProgress(memory);
const pulse = (event: number): void => {
  progress.event = event;
};
const lane = await openSimLaneOf(module, { ...sim, pulse });
const around: TaskSurroundings = {
  lane,
  oracle: checkersOracle,
  beforeRun: (index) => progress.begin(index),
};

async function answer(request: ThreadRequest): Promise<ThreadAnswer> {
  switch (request.kind) {
    case 'task':
      return { kind: 'result', result: await runTask(request.task, { ...around, isAlone: request.isAlone }) };
    case 'livelock':
      return { kind: 'result', result: await runLivelocked(request.task, request, around) };
    case 'relive':
      return { kind: 'relived', relived: await reliveTasks(request.tasks, around) };
    case 'case': {
      const { kind: _, case: tried, after = FRESH, ...options } = request;
      const run = await runAfter(tried, after, { ...around, ...options });
      return { kind: 'observed', run: observedRun(run) };
    }
    case 'look': {
      const { kind: _, case: tried, after, ...options } = request;
      const run = await runAfter(tried, after, { ...around, ...options });
      return { kind: 'seen', world: run.state() };
    }
  }
}

serveCalls(answer);
