// Writes files so that a reader never sees a part of one.
import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a temporary file beside `path` and renames it. Removes the temporary file when that fails. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.partial`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
