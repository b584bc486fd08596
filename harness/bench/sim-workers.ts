// The benchmark of worker threads: compares the rate of runs with pairs of deviations on two threads and on one, in turns, after a warm-up.
import { system } from '../../src/reference.ts';
import { search } from '../runner/search.ts';
import { PAIR_DEPTHS } from '../sim/explore/bounded-search.ts';
import { explorationSpace } from '../sim/explore/exploration.ts';
import { openWorkerPool } from '../sim/explore/thread-pool.ts';
import type { WorkerPool } from '../sim/explore/worker-pool.ts';
import { median } from './quantile.ts';

const TURNS = 15;
/** The warm-up runs of each worker. Until then V8 still compiles, on threads that compete with the workers for cores. */
const WARM_UP_RUNS = 20_000;
const RUNS_PER_TURN = 8_000;
/** The runs of a turn before its pairs. They are not timed: at the end of each lower depth one worker waits for the other. */
const RUNS_BEFORE_PAIRS = 1_500;

/** Times one and two workers in turns, and prints both rates and their ratio. */
export async function benchSimWorkers(): Promise<void> {
  const open = async (workers: number) => ({
    workers,
    pool: await openWorkerPool(system, { workers }),
    rates: [] as number[],
  });
  const pools = [await open(1), await open(2)];
  try {
    for (const { workers, pool } of pools) await pairsPerSecond(pool, WARM_UP_RUNS * workers);
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const { pool, rates } of pools) rates.push(await pairsPerSecond(pool, RUNS_PER_TURN));
    }
  } finally {
    for (const { pool } of pools) await pool.close();
  }
  const [one, two] = pools.map(({ rates }) => median(rates)) as [number, number];
  process.stdout.write(
    `sim workers: one ${one.toFixed(0)} runs/s, two ${two.toFixed(0)} runs/s, ${(two / one).toFixed(2)} times\n`,
  );
}

/** How many runs with pairs of deviations a pool makes in a second, in the first `maxRuns` runs of the bounded search. */
async function pairsPerSecond(pool: WorkerPool, maxRuns: number): Promise<number> {
  const seen: { readonly done: number; readonly atMs: number }[] = [];
  const onProgress = ({ done }: { done: number }): void => {
    if (done >= RUNS_BEFORE_PAIRS) seen.push({ done, atMs: performance.now() });
  };
  const space = explorationSpace({ seed: 1, depths: PAIR_DEPTHS, swarm: 0 });
  await search({ space, runner: pool, maxRuns, onProgress });
  const [first, last] = [seen[0], seen.at(-1)];
  if (first === undefined || last === undefined) throw new Error('the search ended before its pairs');
  return (last.done - first.done) / ((last.atMs - first.atMs) / 1_000);
}
