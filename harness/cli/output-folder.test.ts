import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OutputFolder, withOutputFolder } from './output-folder.ts';

let path: string;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'onesend-output-'));
});
afterEach(() => rm(path, { recursive: true, force: true }));

const names = ['result.json', 'counterexamples'];

function inFolder<T>(work: (folder: OutputFolder) => Promise<T>): Promise<T> {
  return withOutputFolder({ path, names }, work);
}

test('an output folder holds only the written files, each of them whole', async () => {
  await inFolder(async (folder) => {
    await folder.clear();
    await folder.writeText('result.json', 'one');
  });
  expect(await readdir(path)).toEqual(['result.json']);
});

test('a file that cannot be written is named, and no part of it is left', async () => {
  await mkdir(join(path, 'result.json'));
  await expect(inFolder((folder) => folder.writeText('result.json', 'one'))).rejects.toMatchObject({
    code: 'ONESEND_INFRASTRUCTURE',
    message: expect.stringContaining(join(path, 'result.json')),
  });
  expect(await readdir(path)).toEqual(['result.json']);
});

test('the files of an earlier run are moved to the folder previous, and other files stay', async () => {
  await mkdir(join(path, 'counterexamples'));
  await writeFile(join(path, 'counterexamples', 'old.json'), 'old');
  await writeFile(join(path, 'gates.json'), 'gates');
  await inFolder(async (folder) => {
    await folder.clear();
    await folder.writeText('result.json', 'new');
  });
  expect((await readdir(path)).toSorted()).toEqual(['gates.json', 'previous', 'result.json']);
  expect(await readdir(join(path, 'previous', 'counterexamples'))).toEqual(['old.json']);

  await inFolder((folder) => folder.clear());
  expect(await readdir(join(path, 'previous'))).toEqual(['result.json']);
  expect(await readFile(join(path, 'previous', 'result.json'), 'utf8')).toBe('new');
});

test('a file that is begun replaces that of an earlier run, and clearing the folder keeps it', async () => {
  await writeFile(join(path, 'result.json'), 'old');
  await mkdir(join(path, 'counterexamples'));
  await inFolder(async (folder) => {
    const file = await folder.begin('result.json');
    expect(file).toBe(join(path, 'result.json'));
    await writeFile(file, 'new', { flag: 'wx' });
    await folder.clear();
  });
  expect((await readdir(path)).toSorted()).toEqual(['previous', 'result.json']);
  expect(await readFile(join(path, 'result.json'), 'utf8')).toBe('new');
  expect(await readFile(join(path, 'previous', 'result.json'), 'utf8')).toBe('old');
});

test('an output folder has one owner at a time', async () => {
  await inFolder(() =>
    expect(inFolder(() => Promise.resolve())).rejects.toMatchObject({
      code: 'ONESEND_INFRASTRUCTURE',
      message: expect.stringContaining(`process ${process.pid}`),
    }),
  );
  await inFolder(() => Promise.resolve());
});
