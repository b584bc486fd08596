// The folder that a run writes into. It is made before anything runs, so that a bad --out costs no run.
import { access, constants, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { writeDocument } from '../formats/document.ts';
import { InfrastructureError, UsageError } from '../platform/errors.ts';

/** A folder that can be written to. Both functions give back the path of what they wrote. */
export interface OutputFolder {
  writeDocument(name: string, document: unknown): Promise<string>;
  writeText(name: string, text: string): Promise<string>;
}

/** Makes the folder; throws a UsageError when it cannot be made or written to. */
export async function openOutputFolder(folder: string): Promise<OutputFolder> {
  try {
    await makeFolder(resolve(folder));
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new UsageError(`--out: expected a folder that can be written to, ${reasonOf(cause)}`, { cause });
  }
  const write = async (name: string, writer: (path: string) => Promise<void>): Promise<string> => {
    const path = join(folder, name);
    await writer(path).catch((cause: unknown) => {
      throw new InfrastructureError(`${path} could not be written: ${reasonOf(cause)}`, {
        hint: 'make room or choose another folder with --out',
        cause,
      });
    });
    return path;
  };
  return {
    writeDocument: (name, document) => write(name, (path) => writeDocument(path, document)),
    writeText: (name, text) => write(name, (path) => writeAtomically(path, text)),
  };
}

/** Makes a folder and what it lies in. The recursive mkdir of Node 20 never comes back where a parent takes no folders, such as /proc. */
async function makeFolder(folder: string): Promise<void> {
  const code = await mkdir(folder).then(() => undefined, codeOf);
  if (code === undefined || code === 'EEXIST') return;
  if (code === 'ENOENT' && dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder);
}

function codeOf(cause: NodeJS.ErrnoException): string {
  return cause.code ?? cause.message;
}

async function writeAtomically(path: string, text: string): Promise<void> {
  const neighbour = `${path}.${process.pid}.partial`;
  await writeFile(neighbour, text);
  await rename(neighbour, path);
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
