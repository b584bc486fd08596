// The worker thread of the sim lane: loads the system, then does one unit after the other.
import { parentPort, workerData } from 'node:worker_threads';
import { checkersOracle } from '../checkers-oracle.ts';
import { openSimOf } from './open-sim.ts';
import { Progress } from './progress.ts';
import type { Answer, Question, ThreadData } from './thread-messages.ts';
import { nameRun, runUnit } from './unit-runner.ts';

const { module, sim, progress: memory } = workerData as ThreadData;
const progress = new Progress(memory);
const lane = await openSimOf(module, sim);

async function answer(question: Question): Promise<Answer> {
  if (question.kind === 'name') return { kind: 'token', token: await nameRun(question.unit, question.index, lane) };
  const beforeRun = (index: number): boolean => progress.begin(index);
  const { unit, isAlone } = question;
  return { kind: 'outcome', outcome: await runUnit(unit, { lane, oracle: checkersOracle, beforeRun, isAlone }) };
}

const port = parentPort;
const send = (message: Answer): void => port?.postMessage(message);
port?.on('message', (question: Question) => {
  void (async () => send(await answer(question)))();
});
