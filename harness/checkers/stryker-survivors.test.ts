// The list of mutations that no test of the checkers notices quotes lines of code: each line must still be there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../platform/compiled-module.ts';

interface Survivor {
  readonly file: string;
  readonly line: string;
}

const survivors = JSON.parse(readFileSync(join(packageRoot, '.ci/stryker/survivors.json'), 'utf8')) as Survivor[];

test('every line that the list of surviving mutations quotes is in its file', () => {
  const linesOf = (file: string) =>
    readFileSync(join(packageRoot, file), 'utf8')
      .split('\n')
      .map((line) => line.trim());
  const stale = survivors.filter(({ file, line }) => !linesOf(file).includes(line));
  expect(stale).toEqual([]);
  expect(survivors.length).toBeGreaterThan(50);
});
