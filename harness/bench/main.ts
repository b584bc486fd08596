// `npm run bench [name]`: benchmarks that compare two things in one run and print the ratio. Nothing here is a test.
import { failureOf } from '../cli/error-line.ts';
import { outliveReaders } from '../cli/streams.ts';
import { benchJudging } from './judging.ts';
import { benchPage } from './page.ts';
import { fuzzProxy } from './proxy-fuzz.ts';
import { benchProxy } from './proxy.ts';
import { benchSimEngine } from './sim-engine.ts';
import { benchSimReference } from './sim-reference.ts';
import { benchSimWorkers } from './sim-workers.ts';
import { benchSlots } from './slots.ts';

/** A benchmark by name. */
const BENCHMARKS: Readonly<Record<string, () => Promise<void>>> = {
  slots: benchSlots,
  proxy: benchProxy,
  'sim-engine': benchSimEngine,
  'sim-reference': benchSimReference,
  'sim-workers': benchSimWorkers,
  judging: benchJudging,
};

/** What takes minutes or needs a browser, and runs only when it is named. */
const ON_REQUEST: typeof BENCHMARKS = { 'proxy-fuzz': fuzzProxy, page: benchPage };

outliveReaders();
const asked = process.argv.slice(2);
const known = { ...BENCHMARKS, ...ON_REQUEST };
const unknown = asked.filter((name) => !(name in known));
if (unknown.length > 0) {
  process.stderr.write(`unknown benchmark ${unknown.join(', ')}: expected ${Object.keys(known).join(', ')}\n`);
  process.exitCode = 2;
} else {
  try {
    for (const [name, run] of Object.entries(asked.length === 0 ? BENCHMARKS : known)) {
      if (asked.length === 0 || asked.includes(name)) await run();
    }
  } catch (error) {
    const { text, exitCode } = failureOf(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = exitCode;
  }
}
