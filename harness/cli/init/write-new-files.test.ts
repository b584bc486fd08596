import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '../../platform/errors.ts';
import { writeNewFiles } from './write-new-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-new-files-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const files = (...names: string[]) => names.map((name) => ({ path: join(folder, name), text: name }));

test('new files are written, and their folders are made', async () => {
  await writeNewFiles(files('one', 'below/other'));
  expect((await readdir(folder)).toSorted()).toEqual(['below', 'one']);
  expect(await readdir(join(folder, 'below'))).toEqual(['other']);
});

test('a file that appears while new files are written is kept, and all new files are removed', async () => {
  // To the first check, a link to no file looks like a file that another process has not made yet.
  await symlink(join(folder, 'nowhere'), join(folder, 'taken'));
  const refused = writeNewFiles(files('one', 'taken'));
  await expect(refused).rejects.toThrow(UsageError);
  await expect(refused).rejects.toThrow('is there already, and nothing is overwritten');
  expect(await readdir(folder)).toEqual(['taken']);
});
