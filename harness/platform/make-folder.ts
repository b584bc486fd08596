// Makes folders with their missing parents.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './thrown.ts';

/** Makes a folder and its missing parents. The recursive mkdir of Node 20 never returns where no folder can be made, such as in /proc. */
export async function makeFolder(folder: string): Promise<void> {
  const code = await mkdir(folder).then(() => undefined, codeOf);
  if (code === undefined || code === 'EEXIST') return;
  if (code === 'ENOENT' && dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder);
}
