// onesend mutants, in this process: what it prints for programs, and that it writes nothing.
import { expect, test } from 'vitest';
import { mutantsDocument } from '../../formats/mutants.ts';
import { parseDocument } from '../../formats/document.ts';
import { runCli } from '../run-cli.ts';

test('the mutants that are named are judged, in the order of the table, and printed as a document', async () => {
  let stdout = '';
  const exitCode = await runCli(['mutants', 'B01', 'M01', '--json', '--quiet'], {
    stdout: { write: (text: string) => void (stdout += text) },
    stderr: { write: () => undefined },
    environment: {},
  });
  const { verdict, mutants } = parseDocument(mutantsDocument, stdout, 'stdout');
  expect({ exitCode, verdict }).toEqual({ exitCode: 0, verdict: 'pass' });
  expect(mutants.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['M01', 'killed'],
    ['B01', 'killed'],
  ]);
});
