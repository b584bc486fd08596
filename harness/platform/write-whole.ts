// Writing files so that a reader never sees half of one.
import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes to a neighbour first, which is then renamed. When that fails nothing is left of it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const neighbour = `${path}.${process.pid}.partial`;
  try {
    await writeFile(neighbour, text);
    await rename(neighbour, path);
  } catch (error) {
    await rm(neighbour, { force: true }).catch(() => undefined);
    throw error;
  }
}
