// The worker thread of the sim lane: loads the system, then answers one question after the other.
import { parentPort, workerData } from 'node:worker_threads';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { observedRun, openSimLaneOf } from '../lane.ts';
import { withoutReceipts } from './exploration.ts';
import { runLivelocked, runTask, type TaskSurroundings } from './task-runner.ts';
import type { Answer, Question, ThreadData } from './thread-messages.ts';
import { ThreadProgress } from './thread-progress.ts';

const { module, sim, progress: memory } = workerData as ThreadData;
const progress = new ThreadProgress(memory);
const pulse = (event: number): void => {
  progress.event = event;
};
const lane = await openSimLaneOf(module, { ...sim, pulse });
const around: TaskSurroundings = {
  lane,
  oracle: withoutReceipts(checkersOracle),
  beforeRun: (index) => progress.begin(index),
};

async function answer(question: Question): Promise<Answer> {
  switch (question.kind) {
    case 'task':
      return { kind: 'result', result: await runTask(question.task, { ...around, isAlone: question.isAlone }) };
    case 'livelock':
      return { kind: 'result', result: await runLivelocked(question.task, question, around) };
    case 'case': {
      const { kind: _, case: tried, ...options } = question;
      progress.begin(0);
      const run = await lane.simulate(tried.scenario, { deviations: tried.deviations, ...options });
      return { kind: 'observed', run: observedRun(run) };
    }
  }
}

const port = parentPort;
const send = (message: Answer): void => port?.postMessage(message);
port?.on('message', (question: Question) => {
  void (async () => send(await answer(question)))();
});
