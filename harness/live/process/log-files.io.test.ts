// Log files of a process: the last lines that this run wrote are shown.
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

test('a log file shows the last ten lines of this run, under its path', async () => {
  await writeFile(path, 'of another run\n');
  const files = new LogFiles([path]);
  expect(files.lastLines()).toEqual([`nothing was logged into ${path}`]);
  await appendFile(path, Array.from({ length: 12 }, (_, index) => `line ${index + 1}\n`).join(''));
  const shown = Array.from({ length: 10 }, (_, index) => `  line ${index + 3}`);
  expect(files.lastLines()).toEqual([`last lines of ${path}:`, ...shown]);
});

test('a log file that was truncated is read from its beginning', async () => {
  await writeFile(path, 'a long line of another run\n');
  const files = new LogFiles([path]);
  await writeFile(path, 'again\n');
  expect(files.lastLines()).toEqual([`last lines of ${path}:`, '  again']);
});

test('a missing log file is named, and one that appears later is read', async () => {
  const files = new LogFiles([path]);
  expect(files.lastLines()).toEqual([`${path} is not there`]);
  await writeFile(path, 'late');
  expect(files.lastLines()).toEqual([`last lines of ${path}:`, '  late']);
});

test('only the end of a log file of any size is read', async () => {
  const files = new LogFiles([path]);
  await writeFile(path, `${'x'.repeat(1_000_000)}\nthe end\n`);
  const [, cut, end] = files.lastLines();
  expect(cut?.length).toBeLessThan(70_000);
  expect(end).toBe('  the end');
});
