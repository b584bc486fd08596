// The benchmark of worker threads: pairs of deviations over two threads and over one, in turns, all of them warm before anything is timed.
import { system } from '../../src/reference.ts';
import { search } from '../runner/search.ts';
import { PAIR_DEPTHS } from '../sim/explore/bounded-search.ts';
import { explorationSpace } from '../sim/explore/exploration.ts';
import { openWorkerPool } from '../sim/explore/thread-pool.ts';
import type { WorkerPool } from '../sim/explore/worker-pool.ts';
import { median } from './quantile.ts';

const TURNS = 15;
/** For each worker: so long V8 goes on compiling, on threads of its own that a second worker would have to share a core with. */
const WARM_UP_RUNS = 20_000;
const RUNS_OF_A_TURN = 8_000;
/** Until then a turn is in the lower depths, each of which ends with one worker waiting for the other. */
const RUNS_BEFORE_PAIRS = 1_500;

/** Times both in turns and prints how many times one worker's rate two have. */
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
      for (const { pool, rates } of pools) rates.push(await pairsPerSecond(pool, RUNS_OF_A_TURN));
    }
  } finally {
    for (const { pool } of pools) await pool.close();
  }
  const [one, two] = pools.map(({ rates }) => median(rates)) as [number, number];
  process.stdout.write(
    `sim workers: one ${one.toFixed(0)} runs/s, two ${two.toFixed(0)} runs/s, ${(two / one).toFixed(2)} times\n`,
  );
}

/** How many pairs of deviations a pool makes in a second, so many runs into the bounded search. */
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
