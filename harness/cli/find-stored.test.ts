import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findStored } from './find-stored.ts';

let root = '';
let folders: string[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'onesend-stored-'));
  folders = ['failures', 'corpus', 'results'].map((name) => join(root, name));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(folder: string, ...ids: string[]): Promise<void> {
  await mkdir(join(root, folder), { recursive: true });
  for (const id of ids) await writeFile(join(root, folder, `${id}.json`), '{}');
}

test('a stored case is found by any prefix of its id that fits no other, in the first folder that has it', async () => {
  await put('failures', 'S1-aaaa1111', 'S9-bbbb2222');
  await put('corpus', 'S1-aaaa1111', 'S1-aacc3333');
  await put('results', 'S8-dddd4444');
  const found = async (name: string): Promise<readonly string[]> => (await findStored(name, folders)).files;
  expect(await found('S1-aaaa1111')).toEqual([join(root, 'failures/S1-aaaa1111.json')]);
  expect(await found('S1-aaaa')).toEqual([join(root, 'failures/S1-aaaa1111.json')]);
  expect(await found('S1-aac')).toEqual([join(root, 'corpus/S1-aacc3333.json')]);
  expect(await found('S8')).toEqual([join(root, 'results/S8-dddd4444.json')]);
});

test('a prefix of several ids is refused with their names, but a whole id that is a prefix of others is found', async () => {
  await put('failures', 'S1-aaaa1111', 'S1-aaaa1112', 'S1-aaaa');
  await expect(findStored('S1-a', folders)).rejects.toMatchObject({
    code: 'ONESEND_USAGE',
    message: "'S1-a': expected the beginning of one id, found S1-aaaa, S1-aaaa1111, S1-aaaa1112",
  });
  expect((await findStored('S1-aaaa', folders)).files).toEqual([join(root, 'failures/S1-aaaa.json')]);
});

test('an unknown id is refused, and the nearest one is suggested', async () => {
  await put('corpus', 'S1-aaaa1111');
  await expect(findStored('S1-aaaa1112', folders)).rejects.toMatchObject({
    code: 'ONESEND_USAGE',
    hint: "did you mean 'S1-aaaa1111'?",
  });
});

test('a folder names all cases in it, and a folder without cases is refused', async () => {
  await put('corpus', 'S9-bbbb2222', 'S1-aaaa1111');
  await writeFile(join(root, 'corpus', 'README.md'), '');
  const files = ['S1-aaaa1111', 'S9-bbbb2222'].map((id) => join(root, 'corpus', `${id}.json`));
  expect(await findStored(join(root, 'corpus'), [])).toEqual({ files, isFolder: true });
  await expect(findStored(root, [])).rejects.toMatchObject({ code: 'ONESEND_USAGE' });
});

test('a path is used as it is, whether the file exists or not', async () => {
  const file = join(root, 'nowhere.json');
  expect(await findStored(file, folders)).toEqual({ files: [file], isFolder: false });
});
