// Two rigs on one machine: neither takes the other's ports, databases or folders.
import { expect, test } from 'vitest';
import { errorLines, folderOf, shell } from './shell.fixture.ts';

test('two rigs at once reach their verdicts, each as if it were alone', async (context) => {
  const folders = [await folderOf(context), await folderOf(context)];
  const ended = await Promise.all(
    folders.map((out) => shell(`onesend gate 1 --system reference --lane live --quiet --out ${out}`)),
  );
  for (const each of ended) {
    expect(errorLines(each)).toEqual([]);
    // Two of them are a load, under which a gate may have no answer.
    expect(each.stdout).toMatch(/^(PASS|INCONCLUSIVE): timeout triggered/);
  }
});
