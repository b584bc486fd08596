// Finds stored cases by their name on the command line: a file, a folder, or the beginning of an id.
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { UsageError } from '../platform/errors.ts';
import { nearestName } from '../platform/nearest-name.ts';

/** The files of a name on the command line. */
export interface FoundStored {
  readonly files: readonly string[];
  /** Whether a folder was named, which can hold any number of files; else there is one. */
  readonly isFolder: boolean;
}

/**
 * The files of a name. An id is searched in these folders, in their order, and can be shortened to a beginning that fits no other id.
 * Throws a UsageError for an id that is not found or fits several, and for a folder without stored cases.
 */
export async function findStored(name: string, folders: readonly string[]): Promise<FoundStored> {
  const found = await stat(name).catch(() => undefined);
  if (found?.isDirectory() === true) return { files: await filesOf(name), isFolder: true };
  if (found !== undefined || isPath(name)) return { files: [name], isFolder: false };
  return { files: [await fileOfId(name, folders)], isFolder: false };
}

/** The files of the stored cases in a folder, sorted by name; none if the folder does not exist. */
export async function storedIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.flatMap((entry) => (entry.isFile() && entry.name.endsWith(SUFFIX) ? [entry.name] : []));
  return names.toSorted().map((name) => join(folder, name));
}

const SUFFIX = '.json';

function isPath(name: string): boolean {
  return name.includes('/') || name.includes(sep) || name.endsWith(SUFFIX);
}

async function filesOf(folder: string): Promise<string[]> {
  const files = await storedIn(folder);
  if (files.length > 0) return files;
  throw new UsageError(`${folder}: expected a folder with counterexamples, found no JSON file in it`);
}

async function fileOfId(beginning: string, folders: readonly string[]): Promise<string> {
  const files = new Map<string, string>();
  for (const folder of folders.toReversed()) for (const file of await storedIn(folder)) files.set(idOf(file), file);
  const exact = files.get(beginning);
  if (exact !== undefined) return exact;
  const fitting = [...files].filter(([id]) => id.startsWith(beginning));
  const [[, file] = [], ...others] = fitting;
  if (file !== undefined && others.length === 0) return file;
  if (file !== undefined) {
    const ids = fitting.map(([id]) => id).toSorted();
    throw new UsageError(`'${beginning}': expected the beginning of one id, found ${ids.join(', ')}`);
  }
  const nearest = nearestName(beginning, [...files.keys()]);
  const places = folders.map((folder) => relative(process.cwd(), folder)).join(', ');
  const hint = nearest === undefined ? {} : { hint: `did you mean '${nearest}'?` };
  throw new UsageError(`'${beginning}': expected a file, a folder, a token or an id, found none in ${places}`, hint);
}

/** The id of a stored counterexample by its file. */
export function idOf(file: string): string {
  return basename(file, SUFFIX);
}
