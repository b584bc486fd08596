// Writes files that must not exist yet. Each appears whole or not at all, even beside another writer; if one fails, all are removed.
import { existsSync } from 'node:fs';
import { link, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../../platform/errors.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { codeOf, messageOf } from '../../platform/thrown.ts';

/** A file to write. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** Throws a UsageError if the path exists. */
export function assertFree(path: string): void {
  if (existsSync(path)) throw refusal(path);
}

/** Writes all files, and makes their folders. Throws a UsageError if a file exists already, or if one cannot be written. */
export async function writeNewFiles(files: readonly NewFile[]): Promise<void> {
  for (const { path } of files) assertFree(path);
  const written: string[] = [];
  try {
    for (const { path, text } of files) {
      await writeNew(path, text);
      written.push(path);
    }
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    throw error;
  }
}

/** Writes a temporary file and links it to the path: unlike a rename, a link fails if the path exists. */
async function writeNew(path: string, text: string): Promise<void> {
  const neighbour = `${path}.${process.pid}.partial`;
  try {
    await makeFolder(dirname(path));
    await writeFile(neighbour, text);
    await link(neighbour, path);
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') throw refusal(path);
    throw new UsageError(`${path} could not be written: ${messageOf(cause)}`, { cause });
  } finally {
    await rm(neighbour, { force: true });
  }
}

function refusal(path: string): UsageError {
  return new UsageError(`${path} is there already, and nothing is overwritten`, {
    hint: 'move it away, or write into another folder',
  });
}
