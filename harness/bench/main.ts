// `npm run bench [name]`: benchmarks that compare two things in one run and print the ratio. Nothing here is a test.
import { benchProxy } from './proxy.ts';
import { benchSlots } from './slots.ts';

/** A benchmark by name. */
const BENCHMARKS: Readonly<Record<string, () => Promise<void>>> = {
  slots: benchSlots,
  proxy: benchProxy,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  process.stderr.write(`unknown benchmark ${unknown.join(', ')}: expected ${Object.keys(BENCHMARKS).join(', ')}\n`);
  process.exitCode = 2;
} else {
  for (const [name, run] of Object.entries(BENCHMARKS)) {
    if (asked.length === 0 || asked.includes(name)) await run();
  }
}
