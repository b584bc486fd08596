// The folder that a run writes into. It is made and tried before anything runs, so that a bad --out costs no run. It has one owner at a
// time, so that all its files are of one run.
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeDocument } from '../formats/document.ts';
import { InfrastructureError, UsageError } from '../platform/errors.ts';
import { makeFolder } from '../platform/make-folder.ts';
import { machineErrorOf, shortageIn } from '../platform/machine-errors.ts';
import { messageOf } from '../platform/thrown.ts';
import { visible } from '../platform/visible.ts';
import { writeWhole } from '../platform/write-whole.ts';
import { lockFolder } from './folder-lock.ts';

/** A folder that can be written to. All writers return the path of the file, and throw an InfrastructureError if it cannot be written. */
export interface OutputFolder {
  /** Moves the files of an earlier run of the command to the folder `previous`. */
  clear(): Promise<void>;
  /**
   * Begins a file that grows while the command runs, and returns its path. A file of that name of an earlier run is moved to `previous`
   * now, and `clear` keeps the new one.
   */
  begin(name: string): Promise<string>;
  writeDocument(name: string, document: unknown): Promise<string>;
  writeText(name: string, text: string): Promise<string>;
}

/** The folder that a command writes into, and the names of its files and folders there. */
export interface OutputRequest {
  readonly path: string;
  readonly names: readonly string[];
}

/** The folder, within the output folder, for the files of the run before. */
export const PREVIOUS = 'previous';

/**
 * Locks the folder while `work` writes into it. Throws a UsageError if the folder cannot be made or written to, an InfrastructureError if
 * the disk is full or another run owns the folder.
 */
export async function withOutputFolder<T>(
  request: OutputRequest,
  work: (folder: OutputFolder) => Promise<T>,
): Promise<T> {
  const unlock = await openFolder(request.path);
  try {
    return await work(outputFolder(request));
  } finally {
    await unlock().catch(() => undefined);
  }
}

/** Makes and locks the folder. The lock is a file with content, so a full disk is noticed here. */
async function openFolder(path: string): Promise<() => Promise<void>> {
  try {
    await makeFolder(resolve(path));
    return await lockFolder(path);
  } catch (cause) {
    if (cause instanceof InfrastructureError) throw cause;
    const found = machineErrorOf(cause);
    if (found?.isShortage === true && found.code !== 'EROFS') throw unwritable(path, cause);
    throw new UsageError(`--out: expected a folder that can be written to, ${messageOf(cause)}`, { cause });
  }
}

function outputFolder({ path: folder, names }: OutputRequest): OutputFolder {
  const attempt = async (name: string, work: (path: string) => Promise<void>): Promise<string> => {
    const path = join(folder, name);
    await work(path).catch((cause: unknown) => {
      throw unwritable(path, cause);
    });
    return path;
  };
  const begun = new Set<string>();
  return {
    async clear() {
      for (const name of names) if (!begun.has(name)) await attempt(name, () => putAway(folder, name));
    },
    begin(name) {
      begun.add(name);
      return attempt(name, () => putAway(folder, name));
    },
    writeDocument: (name, document) => attempt(name, (path) => writeDocument(path, document)),
    writeText: (name, text) => attempt(name, (path) => writeWhole(path, visible(text))),
  };
}

/** The error for a file that could not be written. */
export function unwritable(path: string, cause: unknown): InfrastructureError {
  const hint = shortageIn(cause)?.hint ?? 'make room or choose another folder with --out';
  return new InfrastructureError(`${path} could not be written: ${messageOf(cause)}`, { hint, cause });
}

/** Moves a file or folder to `previous`, where it replaces the one of that name. */
async function putAway(folder: string, name: string): Promise<void> {
  const target = join(folder, PREVIOUS, name);
  await rm(target, { recursive: true, force: true });
  const source = join(folder, name);
  if (!existsSync(source)) return;
  await makeFolder(join(folder, PREVIOUS));
  await rename(source, target);
}
