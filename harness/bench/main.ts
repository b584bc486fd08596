// `npm run bench [name...]`: benchmarks that compare two things in one run and print the ratio. None of them checks its figures.
import { failureOf } from '../cli/error-line.ts';
import { outliveReaders } from '../cli/streams.ts';
import { BENCHMARKS, BENCHMARKS_ON_REQUEST } from './all-benchmarks.ts';

outliveReaders();
const requested = process.argv.slice(2);
const known = { ...BENCHMARKS, ...BENCHMARKS_ON_REQUEST };
const unknown = requested.filter((name) => !(name in known));
if (unknown.length > 0) {
  process.stderr.write(`unknown benchmark ${unknown.join(', ')}: expected ${Object.keys(known).join(', ')}\n`);
  process.exitCode = 2;
} else {
  try {
    for (const [name, run] of Object.entries(requested.length === 0 ? BENCHMARKS : known)) {
      if (requested.length === 0 || requested.includes(name)) await run();
    }
  } catch (error) {
    const { text, exitCode } = failureOf(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = exitCode;
  }
}
