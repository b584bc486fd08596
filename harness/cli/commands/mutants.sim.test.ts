// Tests `onesend mutants` in this process, and the document that it prints.
import { expect, test } from 'vitest';
import { mutantsDocument } from '../../formats/mutants.ts';
import { parseDocument } from '../../formats/document.ts';
import { runInProcess } from '../run-in-process.fixture.ts';

test('the mutants that are named are judged, in the order of the table, and printed as a document', async () => {
  const { exitCode, stdout } = await runInProcess(['mutants', 'B01', 'M01', '--json', '--quiet']);
  const { verdict, mutants } = parseDocument(mutantsDocument, stdout, 'stdout');
  expect({ exitCode, verdict }).toEqual({ exitCode: 0, verdict: 'pass' });
  expect(mutants.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['M01', 'killed'],
    ['B01', 'killed'],
  ]);
});
