// Log files of a process: only what this run wrote is shown, and not all of it.
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFiles } from './log-files.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-logs-'));
  path = join(folder, 'app.log');
});
afterEach(() => rm(folder, { recursive: true }));

test('shows the last ten lines that were logged since, under the name of the file', async () => {
  await writeFile(path, 'of another run\n');
  const files = new LogFiles([path]);
  expect(files.lastLines()).toEqual([`nothing was logged into ${path}`]);
  await appendFile(path, Array.from({ length: 12 }, (_, index) => `line ${index + 1}\n`).join(''));
  const shown = Array.from({ length: 10 }, (_, index) => `  line ${index + 3}`);
  expect(files.lastLines()).toEqual([`last lines of ${path}:`, ...shown]);
});

test('shows all of a file that was begun anew', async () => {
  await writeFile(path, 'a long line of another run\n');
  const files = new LogFiles([path]);
  await writeFile(path, 'anew\n');
  expect(files.lastLines()).toEqual([`last lines of ${path}:`, '  anew']);
});

test('says which file is not there, and reads one that comes later', async () => {
  const files = new LogFiles([path]);
  expect(files.lastLines()).toEqual([`${path} is not there`]);
  await writeFile(path, 'late');
  expect(files.lastLines()).toEqual([`last lines of ${path}:`, '  late']);
});

test('reads no more than the end of a file of any size', async () => {
  const files = new LogFiles([path]);
  await writeFile(path, `${'x'.repeat(1_000_000)}\nthe end\n`);
  const [, cut, end] = files.lastLines();
  expect(cut?.length).toBeLessThan(70_000);
  expect(end).toBe('  the end');
});
