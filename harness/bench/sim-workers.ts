// The benchmark of worker threads: a ladder of pairs over two threads and over one, in turns, all of them warm before anything is timed.
import { compiledModule } from '../platform/compiled-module.ts';
import type { Crew } from '../sim/explore/worker-pool.ts';
import { explore } from '../sim/explore/explore.ts';
import { openThreads } from '../sim/explore/thread-pool.ts';
import { PAIR_RUNGS } from '../sim/explore/bounded-search.ts';
import { median } from './quantile.ts';

const TURNS = 15;
/** For each worker: so long V8 goes on compiling, on threads of its own that a second worker would have to share a core with. */
const WARM_UP_RUNS = 20_000;
const RUNS_OF_A_TURN = 8_000;
/** Until then a turn is in the lower rungs, each of which ends with one worker waiting for the other. */
const RUNS_BEFORE_PAIRS = 1_500;

/** Times both in turns and prints how many times one worker's rate two have. */
export async function benchSimWorkers(): Promise<void> {
  const crews = ([1, 2] as const).map((workers) => ({ workers, crew: open(workers), rates: [] as number[] }));
  try {
    for (const { workers, crew } of crews) await pairsPerSecond(crew, WARM_UP_RUNS * workers);
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const { crew, rates } of crews) rates.push(await pairsPerSecond(crew, RUNS_OF_A_TURN));
    }
  } finally {
    for (const { crew } of crews) await crew.close();
  }
  const [one, two] = crews.map(({ rates }) => median(rates)) as [number, number];
  process.stdout.write(
    `sim workers: one ${one.toFixed(0)} runs/s, two ${two.toFixed(0)} runs/s, ${(two / one).toFixed(2)} times\n`,
  );
}

function open(workers: number): Crew {
  return openThreads({ module: compiledModule(import.meta.url, '../../src/reference.ts'), workers });
}

/** How many pairs of deviations a crew makes in a second, so many runs into the ladder. */
async function pairsPerSecond(crew: Crew, maxRuns: number): Promise<number> {
  const seen: { readonly done: number; readonly atMs: number }[] = [];
  const onProgress = ({ done }: { done: number }): void => {
    if (done >= RUNS_BEFORE_PAIRS) seen.push({ done, atMs: performance.now() });
  };
  await explore({ crew, seed: 1, rungs: PAIR_RUNGS, swarm: 0, maxRuns, onProgress });
  const [first, last] = [seen[0], seen.at(-1)];
  if (first === undefined || last === undefined) throw new Error('the ladder ended before its pairs');
  return (last.done - first.done) / ((last.atMs - first.atMs) / 1_000);
}
