// Runs many jobs, at most so many at once, in the order of the list; stops launching on a signal, a deadline or a wish.

/** Why a pool ended: all jobs ran, its owner had enough, time ran out, or the signal came. */
export type PoolEnd = 'finished' | 'enough' | 'time' | 'interrupted';

/** What a pool needs. */
export interface PoolOptions<T, R> {
  readonly jobs: readonly T[];
  readonly capacity: number;
  readonly run: (job: T, index: number) => Promise<R>;
  /** Called with each result as it comes, not in the order of the jobs. */
  readonly onResult: (result: R, job: T, index: number) => void;
  /** Asked before each launch; true stops launching. */
  readonly isEnough?: (() => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** No job is launched once so much time has passed; those under way are awaited. */
  readonly maxTimeMs?: number | undefined;
}

/** Runs the jobs. Resolves when every launched job has settled, so that no slot is in use afterwards; rejects as the first one does. */
export async function runPool<T, R>(options: PoolOptions<T, R>): Promise<PoolEnd> {
  const startedMs = performance.now();
  const queue = options.jobs.entries();
  let end: PoolEnd = 'finished';
  let failed = false;
  const stopReason = (): PoolEnd | undefined => {
    if (options.signal?.aborted === true) return 'interrupted';
    if (options.isEnough?.() === true) return 'enough';
    if (performance.now() - startedMs >= (options.maxTimeMs ?? Infinity)) return 'time';
    return undefined;
  };
  const work = async (): Promise<void> => {
    for (const [index, job] of queue) {
      const reason = stopReason();
      if (reason !== undefined) end = reason;
      if (end !== 'finished' || failed) return;
      options.onResult(await options.run(job, index), job, index);
    }
  };
  const guarded = async (): Promise<void> => {
    try {
      await work();
    } catch (cause) {
      failed = true;
      throw cause;
    }
  };
  const workers = Array.from({ length: Math.max(1, options.capacity) }, guarded);
  const settled = await Promise.allSettled(workers);
  for (const worker of settled) if (worker.status === 'rejected') throw worker.reason;
  // A signal during the last jobs stops nothing here, but its owner must know that jobs may have been cut short.
  return options.signal?.aborted === true ? 'interrupted' : end;
}
