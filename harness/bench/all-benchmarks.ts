// The benchmarks of `npm run bench`, by name.
import { benchJudging } from './judging.ts';
import { benchPage } from './page.ts';
import { fuzzProxy } from './proxy-fuzz.ts';
import { benchProxy } from './proxy.ts';
import { benchSimEngine } from './sim-engine.ts';
import { benchSimReference } from './sim-reference.ts';
import { benchSimWorkers } from './sim-workers.ts';
import { benchSlots } from './slots.ts';

/** Prints the figures of one benchmark on stdout. */
type Benchmark = () => Promise<void>;

/** Benchmarks that run when none is named. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  slots: benchSlots,
  proxy: benchProxy,
  'sim-engine': benchSimEngine,
  'sim-reference': benchSimReference,
  'sim-workers': benchSimWorkers,
  judging: benchJudging,
};

/** Benchmarks that take minutes or need a browser: they run only when they are named. */
export const BENCHMARKS_ON_REQUEST: typeof BENCHMARKS = { 'proxy-fuzz': fuzzProxy, page: benchPage };
