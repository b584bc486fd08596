// A pool of workers over a list of jobs. It is spawned, so that its jobs go on after their request has been answered.
import type { Context, WorkerRun } from '../contract/parts.ts';

/** Starts the jobs, at most `settings.workers` at a time. A job that throws is logged, and its result stays undefined. */
export function runWorkers<T>(context: Context, jobs: readonly (() => Promise<T>)[]): WorkerRun<T> {
  const { env } = context;
  const results: (T | undefined)[] = jobs.map(() => undefined);
  const queue = jobs.entries();
  const work = async () => {
    // All workers share one iterator: each takes the next job that no other worker has taken.
    for (const [index, job] of queue) results[index] = await attempt(context, job);
  };
  const size = Math.min(Math.max(env.settings.workers, 1), jobs.length);
  const finished = new Promise<void>((resolve) => {
    env.spawn('workers', async () => {
      await Promise.all(Array.from({ length: size }, work));
      resolve();
    });
  });
  return { results, finished };
}

async function attempt<T>(context: Context, job: () => Promise<T>): Promise<T | undefined> {
  try {
    return await job();
  } catch (error) {
    context.env.log(`WORKER_FAILED: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
