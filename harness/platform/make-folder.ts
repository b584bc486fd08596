// Making folders where the one above may be missing too.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './thrown.ts';

/** Makes a folder and what it lies in. The recursive mkdir of Node 20 never comes back where a parent takes no folders, such as /proc. */
export async function makeFolder(folder: string): Promise<void> {
  const code = await mkdir(folder).then(() => undefined, codeOf);
  if (code === undefined || code === 'EEXIST') return;
  if (code === 'ENOENT' && dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder);
}
