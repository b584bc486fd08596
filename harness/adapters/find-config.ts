// Finds the configuration that a command uses: onesend.config.* in the working directory or the nearest folder above it.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../platform/errors.ts';

/** The file names of a configuration. */
const NAMES = ['onesend.config.ts', 'onesend.config.js', 'onesend.config.mjs', 'onesend.config.json'];

/** The folder of a project: the nearest one, from `from` upwards, that holds a configuration, else `from` itself. */
export function projectFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (NAMES.some((name) => existsSync(join(folder, name)))) return folder;
    if (dirname(folder) === folder) return from;
  }
}

/** The path of the nearest configuration; undefined if there is none. Throws UsageError for two in one folder. */
export function findConfig(from: string): string | undefined {
  const [found, ...more] = NAMES.map((name) => join(from, name)).filter((path) => existsSync(path));
  if (more.length > 0) {
    throw new UsageError(`expected one configuration in ${from}, found ${[found, ...more].join(' and ')}`, {
      hint: 'remove all but one, or name one with --system',
    });
  }
  const above = dirname(from);
  return found ?? (above === from ? undefined : findConfig(above));
}
