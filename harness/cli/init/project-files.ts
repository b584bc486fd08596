// Looks at the files of a project. A file that is not there, or cannot be read, says nothing.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const HEALTH = /['"`](?:GET )?(\/(?:healthz?|livez|ping|readyz?|status|up))['"`]/;

/** The text of a file, or nothing. */
export function textOf(...path: readonly string[]): string {
  try {
    return readFileSync(join(...path), 'utf8');
  } catch {
    return '';
  }
}

/** The names in a folder, sorted, of its files or of its folders. */
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

/** Those of the paths that are there. */
export function existing(folder: string, paths: readonly string[]): string[] {
  return paths.filter((path) => existsSync(join(folder, path)));
}

/** A path that these sources name and that is usual for asking whether a server is up. */
export function readyPathIn(sources: readonly string[]): string | undefined {
  return sources.map((source) => HEALTH.exec(source)?.[1]).find((path) => path !== undefined);
}
