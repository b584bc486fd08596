// Hashes what was certified: the description without paths of this machine, and every file of the systems' code.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { canonicalJson, sha256 } from '../platform/canonical-json.ts';
import { packageRoot } from '../platform/compiled-module.ts';
import { SystemDescriptionError } from '../platform/errors.ts';
import type { SystemDescription } from '../formats/system-description.ts';

/** SHA-256 hashes in hexadecimal: one of the whole system, and one of each file. */
export interface SystemHashes {
  /** Over the canonical JSON (RFC 8785) of description and file hashes. */
  readonly sha256: string;
  /** By path relative to the folder of the description, or relative to the working directory for code outside that folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** Hashes a system that is described in `folder`. Throws SystemDescriptionError for code that cannot be read. */
export async function hashSystem(description: SystemDescription, folder = packageRoot): Promise<SystemHashes> {
  const files: Record<string, string> = {};
  for (const path of description.code) {
    for (const file of await filesBelow(resolve(path), description.name)) {
      files[shownPath(file, folder)] = sha256(await readFile(file));
    }
  }
  const portable = JSON.stringify(description)
    .replaceAll(folder, '${folder}')
    .replaceAll(packageRoot, '${package}')
    .replaceAll(process.execPath, '${node}');
  return { sha256: sha256(canonicalJson({ description: JSON.parse(portable) as unknown, files })), files };
}

async function filesBelow(path: string, system: string): Promise<string[]> {
  const status = await stat(path).catch((cause: unknown) => {
    throw new SystemDescriptionError(`${system}: code: expected a readable file or folder at ${path}`, { cause });
  });
  if (status.isFile()) return [path];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

function shownPath(file: string, folder: string): string {
  const inFolder = relative(folder, file);
  return inFolder.startsWith('..') ? relative(process.cwd(), file) : inFolder;
}
