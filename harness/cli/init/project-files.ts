// Reads the files of a project. A file that does not exist, or cannot be read, counts as empty.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const HEALTH = /['"`](?:GET )?(\/(?:healthz?|livez|ping|readyz?|status|up))['"`]/;

/** The text of a file; empty if it cannot be read. */
export function textOf(...path: readonly string[]): string {
  try {
    return readFileSync(join(...path), 'utf8');
  } catch {
    return '';
  }
}

/** The names of the files, or of the folders, in a folder, sorted. */
export function namesIn(folder: string, kind: 'files' | 'folders'): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => (kind === 'files' ? entry.isFile() : entry.isDirectory()))
      .map(({ name }) => name)
      .toSorted();
  } catch {
    return [];
  }
}

/** The paths that exist in a folder. */
export function existing(folder: string, paths: readonly string[]): string[] {
  return paths.filter((path) => existsSync(join(folder, path)));
}

/** The first usual path of a health check that these sources name. */
export function readyPathIn(sources: readonly string[]): string | undefined {
  return sources.map((source) => HEALTH.exec(source)?.[1]).find((path) => path !== undefined);
}
