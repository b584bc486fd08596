// The benchmark of worker threads: a ladder of pairs over two threads and over one, each started and warmed up before it is timed.
import { compiledModule } from '../formats/compiled-module.ts';
import { explore } from '../runner/explore/explore.ts';
import { openThreads } from '../runner/explore/threads.ts';
import { PAIR_RUNGS } from '../runner/explore/ladder.ts';
import { median } from './quantile.ts';

const REPETITIONS = 5;
/** For each worker: so long V8 goes on compiling, on threads of its own that a second worker would have to share a core with. */
const WARM_UP_RUNS = 20_000;
const TIMED_RUNS = 30_000;

/** Times both in turns and prints how many times one worker's rate two have. */
export async function benchSimWorkers(): Promise<void> {
  const rates: Record<1 | 2, number[]> = { 1: [], 2: [] };
  for (let repetition = 0; repetition < REPETITIONS; repetition += 1) {
    for (const workers of [1, 2] as const) rates[workers].push(await rateOf(workers));
  }
  const [one, two] = [median(rates[1]), median(rates[2])];
  process.stdout.write(
    `sim workers: one ${one.toFixed(0)} runs/s, two ${two.toFixed(0)} runs/s, ${(two / one).toFixed(2)} times\n`,
  );
}

async function rateOf(workers: number): Promise<number> {
  const crew = openThreads({ module: compiledModule(import.meta.url, '../../src/reference.ts'), workers });
  const run = (maxRuns: number) => explore({ crew, seed: 1, rungs: PAIR_RUNGS, swarm: 0, maxRuns });
  try {
    await run(WARM_UP_RUNS * workers);
    const started = performance.now();
    const { tally } = await run(TIMED_RUNS);
    return tally.runs / ((performance.now() - started) / 1_000);
  } finally {
    await crew.close();
  }
}
