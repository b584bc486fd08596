import { expect, test } from 'vitest';
import type { MutantRow, MutantsReport } from '../harness/formats/mutants.ts';
import { renderMutants } from './mutants.ts';

const killed: MutantRow = {
  id: 'M01',
  name: 'fallback-without-fence',
  breaks: ['S1', 'S2'],
  lanes: ['sim', 'live'],
  outcome: 'killed',
  namedBy: ['S1', 'S2'],
  size: { messages: 1, faults: 0, deviations: 1 },
  case: null,
  runs: 2,
  durationMs: 31,
  note: '',
};
const survived: MutantRow = { ...killed, id: 'M02', name: 'other', outcome: 'survived', namedBy: [], note: 'by S1' };
const unseen: MutantRow = { ...survived, id: 'M33', outcome: 'other-lane', size: null, runs: 0, note: 'on: live' };

function report(mutants: MutantRow[]): MutantsReport {
  return { format: 'onesend.mutants/1', verdict: 'pass', lane: 'sim', mutants };
}

test('the table of mutants says what kills each one, and the outcome of the others', () => {
  expect(renderMutants(report([killed, survived, unseen]), { color: false })).toMatchInlineSnapshot(`
    "  id   name                    lanes     killed by   runs  messages  faults  deviations  seconds
      M01  fallback-without-fence  sim live  S1 S2          2         1       0           1     0.03
      M02  other                   sim live  survived       2         1       0           1     0.03
      M33  other                   sim live  other lane     0         -       -           -     0.03

      M02: survived: by S1
      M33: other lane: on: live
    3 mutants, 1 killed, 1 not: M02."
  `);
});

test('the table of mutants says after a search how many runs it took to kill each', () => {
  const search = { ladder: { runs: 8, isFound: true }, random: { runs: 20_000, isFound: false } };
  expect(renderMutants(report([{ ...killed, runs: 20_008, search }]), { color: false })).toMatchInlineSnapshot(`
    "  id   name                    lanes     killed by    runs  messages  faults  deviations  seconds  by the ladder       at random
      M01  fallback-without-fence  sim live  S1 S2      20,008         1       0           1     0.03              8  none in 20,000

    1 mutant, 1 killed."
  `);
});
