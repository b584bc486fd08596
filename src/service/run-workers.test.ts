// The worker pool: it is bounded, runs each job once, and goes on after a job that fails.
import { expect, test } from 'vitest';
import type { Context } from '../contract/parts.ts';
import { runWorkers } from './run-workers.ts';

/** The context of a process with `workers` workers, and the lines that it logs. */
function contextWith(workers: number): { context: Context; lines: string[] } {
  const lines: string[] = [];
  const env = {
    settings: { workers },
    spawn: (_name: string, work: () => Promise<void>) => void work(),
    log: (line: string) => void lines.push(line),
  };
  return { context: { env } as unknown as Context, lines };
}

/** Waits for `turns` microtasks, so that other jobs can go on. */
async function pass(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
}

test('each job runs once, and its result has the index of the job', async () => {
  const { context } = contextWith(3);
  const [started, ended]: [number[], number[]] = [[], []];
  const jobs = [50, 10, 40, 20, 30].map((turns) => async () => {
    started.push(turns);
    await pass(turns);
    ended.push(turns);
    return turns;
  });
  const run = runWorkers(context, jobs);
  await run.finished;
  expect(run.results).toEqual([50, 10, 40, 20, 30]);
  expect(started.toSorted((a, b) => a - b)).toEqual([10, 20, 30, 40, 50]);
  expect(ended).not.toEqual(started);
});

test.each([1, 2, 8])('never more than %i jobs run at a time', async (workers) => {
  const { context } = contextWith(workers);
  let running = 0;
  let most = 0;
  const jobs = Array.from({ length: 6 }, (_, index) => async () => {
    running += 1;
    most = Math.max(most, running);
    await pass(index + 1);
    running -= 1;
  });
  await runWorkers(context, jobs).finished;
  expect(most).toBe(Math.min(workers, jobs.length));
});

test('the result of a job is there as soon as the job ends, before all have ended', async () => {
  const { context } = contextWith(2);
  const run = runWorkers(context, [() => Promise.resolve('early'), () => new Promise<string>(() => {})]);
  await pass(10);
  expect(run.results).toEqual(['early', undefined]);
});

test('a job that throws has no result, and the other jobs still run', async () => {
  const { context, lines } = contextWith(1);
  const run = runWorkers(context, [
    () => Promise.resolve('first'),
    () => Promise.reject(new Error('broken')),
    () => Promise.resolve('third'),
  ]);
  await run.finished;
  expect(run.results).toEqual(['first', undefined, 'third']);
  expect(lines).toEqual(['WORKER_FAILED: broken']);
});

test('a run without jobs is finished at once', async () => {
  const { context } = contextWith(4);
  const run = runWorkers(context, []);
  await run.finished;
  expect(run.results).toEqual([]);
});
