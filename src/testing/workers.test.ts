// The worker pool: bounded, each job once, one failure spares the others.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Context } from '../contract/parts.ts';
import { referenceParts, system } from '../reference.ts';
import { runWorkers } from '../service/run-workers.ts';
import { sleep, World } from './scripted-world.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function contextWith(workers: number): { world: World; context: Context } {
  const world = new World(system, { workers });
  return { world, context: { env: world.environments.service, parts: referenceParts, role: 'service' } };
}

test('each job runs once, and its result stands at its place', async () => {
  const { world, context } = contextWith(3);
  const started: number[] = [];
  const jobs = [5, 1, 4, 2, 3].map((ms) => async () => {
    started.push(ms);
    await sleep(ms);
    return ms;
  });
  const run = runWorkers(context, jobs);
  await world.until(run.finished);
  expect(run.results).toEqual([5, 1, 4, 2, 3]);
  expect(started.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
});

test.each([1, 2, 8])('never more than %i jobs run at a time', async (workers) => {
  const { world, context } = contextWith(workers);
  let running = 0;
  let most = 0;
  const jobs = Array.from({ length: 6 }, (_, index) => async () => {
    running += 1;
    most = Math.max(most, running);
    await sleep(index + 1);
    running -= 1;
  });
  await world.until(runWorkers(context, jobs).finished);
  expect(most).toBe(Math.min(workers, jobs.length));
});

test('a job that throws has no result and spares the others', async () => {
  const { world, context } = contextWith(1);
  const run = runWorkers(context, [
    () => Promise.resolve('first'),
    () => Promise.reject(new Error('broken')),
    () => Promise.resolve('third'),
  ]);
  await world.until(run.finished);
  expect(run.results).toEqual(['first', undefined, 'third']);
  expect(world.logged('WORKER_FAILED: broken')).toHaveLength(1);
});

test('no jobs are finished at once', async () => {
  const { world, context } = contextWith(4);
  const run = runWorkers(context, []);
  await world.until(run.finished);
  expect(run.results).toEqual([]);
});
