// The worker thread of the sim lane: loads the system, then does one unit after the other.
import { parentPort, workerData } from 'node:worker_threads';
import type { SimRun } from '../run.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { openSimOf } from './open-sim.ts';
import { Progress } from './progress.ts';
import type { Answer, Question, ThreadData } from './thread-messages.ts';
import { dataOf } from './made-run.ts';
import { requestOf, runUnit } from './task-runner.ts';

const { module, sim, progress: memory } = workerData as ThreadData;
const progress = new Progress(memory);
const pulse = (event: number): void => {
  progress.event = event;
};
const lane = await openSimOf(module, { ...sim, pulse });

async function answer(question: Question): Promise<Answer> {
  if (question.kind === 'make') return { kind: 'made', run: dataOf(await make(question)) };
  const beforeRun = (index: number): boolean => progress.begin(index);
  const { unit, isAlone } = question;
  return { kind: 'outcome', outcome: await runUnit(unit, { lane, oracle: checkersOracle, beforeRun, isAlone }) };
}

async function make({ which, livelockAt }: Extract<Question, { kind: 'make' }>): Promise<SimRun> {
  const { scenario, ...options } = 'unit' in which ? await requestOf(which.unit, which.index, lane) : which;
  progress.begin(0);
  return lane.simulate(scenario, livelockAt === undefined ? options : { ...options, livelockAt });
}

const port = parentPort;
const send = (message: Answer): void => port?.postMessage(message);
port?.on('message', (question: Question) => {
  void (async () => send(await answer(question)))();
});
