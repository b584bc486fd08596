// Tests two rigs on one machine: neither takes the other's ports, databases or folders.
import { expect, test } from 'vitest';
import { errorLines, folderOf, shell } from './shell.fixture.ts';

test('two rigs at the same time each reach a verdict without errors', async (context) => {
  const folders = [await folderOf(context), await folderOf(context)];
  const ended = await Promise.all(
    folders.map((out) => shell(`onesend gate 1 --system reference --lane live --quiet --out ${out}`)),
  );
  for (const each of ended) {
    expect(errorLines(each)).toEqual([]);
    // With the load of two rigs, a gate can be inconclusive.
    expect(each.stdout).toMatch(/^(PASS|INCONCLUSIVE): timeout triggered/);
  }
});
