// Shrinks random counterexamples and compares their sizes with the smallest that an exhaustive search finds. `ONESEND_SHRINK=all` takes
// every mutant instead of a sample and prints the table.
import { expect, test } from 'vitest';
import { showsOn } from '../../harness/runner/mutant.ts';
import { loadMutants } from './all-mutants.ts';
import { shrinkFound, type Shrinking } from './shrinking.fixture.ts';

const IS_WHOLE = process.env['ONESEND_SHRINK'] === 'all';
const SEED = Number(process.env['ONESEND_SEED'] ?? 7);
const RUNS = IS_WHOLE ? 20_000 : 1_000;
const SAMPLE = new Set(['M01', 'M17', 'M59', 'M70', 'B06']);

test(
  'a counterexample that random runs found becomes as small as the smallest that is known, and replays',
  async () => {
    const mutants = (await loadMutants()).filter(
      (mutant) => showsOn(mutant, 'sim') && mutant.breaks.length > 0 && (IS_WHOLE || SAMPLE.has(mutant.id)),
    );
    const rows: Shrinking[] = [];
    for (const mutant of mutants) {
      const row = await shrinkFound(mutant, { seed: SEED, runs: RUNS });
      if (row !== undefined) rows.push(row);
      if (IS_WHOLE) process.stdout.write(`${row === undefined ? `${mutant.id} not found` : lineOf(row)}\n`);
    }
    if (IS_WHOLE) process.stdout.write(`${summaryOf(rows)}\n`);
    expect(rows).toHaveLength(mutants.length);
    expect(rows.filter(({ replayed, histories }) => replayed !== 10 || histories !== 1)).toEqual([]);
    expect(rows.filter(({ shrunk, least }) => shrunk > least + 1)).toEqual([]);
    expect(rows.filter(({ shrunk, least }) => shrunk > least).length).toBeLessThanOrEqual(rows.length * 0.05);
  },
  IS_WHOLE ? 3_600_000 : undefined,
);

function lineOf({ id, fingerprint, found, shrunk, least, tried, durationMs }: Shrinking): string {
  const columns = [found, shrunk, least, tried, Math.round(durationMs)].map((each) => String(each).padStart(6));
  return [id, ...columns, shrunk > least ? '  ABOVE' : '       ', ` ${fingerprint}`].join(' ');
}

function summaryOf(rows: readonly Shrinking[]): string {
  const times = rows.map(({ durationMs }) => durationMs).toSorted((a, b) => a - b);
  const above = rows.filter(({ shrunk, least }) => shrunk > least);
  return [
    `id    found shrunk  least  tried     ms`,
    `${rows.length} counterexamples, ${above.length} above the least known, median ${Math.round(times[times.length >> 1] ?? 0)} ms`,
  ].join('\n');
}
