// Tests `onesend mutants --lane live`: mutants are killed on real processes too, by a case whose deviations became faults and by a gate.
import { expect, test } from 'vitest';
import { parseDocument } from '../../formats/document.ts';
import { mutantsDocument } from '../../formats/mutants.ts';
import { runInProcess } from '../run-in-process.fixture.ts';

test('mutants are killed on real processes, and one that only the sim lane can show is not run', async () => {
  const { exitCode, stdout } = await runInProcess([
    'mutants',
    'M01',
    'M36',
    'M61',
    'B03',
    '--lane',
    'live',
    '--json',
    '--quiet',
  ]);
  const { lane, verdict, mutants } = parseDocument(mutantsDocument, stdout, 'stdout');
  expect({ exitCode, lane, verdict }).toEqual({ exitCode: 0, lane: 'live', verdict: 'pass' });
  expect(mutants.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['M01', 'killed'],
    ['M36', 'other-lane'],
    ['M61', 'killed'],
    ['B03', 'killed'],
  ]);
});
