// Tests what commands print at the first Ctrl-C: only those that still write their results name a folder.
import { expect, test } from 'vitest';
import { buildProgram } from './program.ts';

/** What a command line prints at the first Ctrl-C; undefined for the text of commands that write nothing then. */
async function whenInterrupted(commandLine: string): Promise<string | undefined> {
  const said: (string | undefined)[] = [];
  const stream = { write: () => undefined };
  const program = buildProgram({
    stdout: stream,
    stderr: stream,
    environment: {},
    runChosen: (_flags, _run, text) => Promise.resolve(void said.push(text)),
  });
  await program.parseAsync(commandLine.split(' '), { from: 'user' });
  expect(said).toHaveLength(1);
  return said[0];
}

test.each([
  ['certify', 'reports/out'],
  ['certify --out here', 'here'],
  ['gate 1 --out here', 'here'],
])('onesend %s says at Ctrl-C that it writes what it found to %s', async (commandLine, folder) => {
  expect(await whenInterrupted(commandLine)).toBe(
    `stopping: what was found until now is written to ${folder}; a second Ctrl-C ends at once`,
  );
});

test.each([
  'certify --last-failed',
  'replay S1',
  'mutants M01',
  'sabotage X01',
  'demo',
  'check',
  'corpus prune',
  'doctor',
])('onesend %s does not say at Ctrl-C that something is written', async (commandLine) => {
  expect(await whenInterrupted(commandLine)).toBeUndefined();
});
