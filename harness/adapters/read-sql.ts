// Reads SQL that a system's author keeps in files: the path of a .sql file is replaced by the content of that file.
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { SystemDescriptionError } from '../platform/errors.ts';
import { nearestName } from '../platform/nearest-name.ts';
import type { CheckedAction } from '../formats/action.ts';
import type { CheckedSystemConfig } from '../formats/system-config.ts';

const FILE = /^\S+\.sql$/;

/**
 * The configuration with the content of its SQL files in place of their paths, and the absolute paths of these files. Throws
 * SystemDescriptionError for a file that cannot be read.
 */
export async function readSql(
  config: CheckedSystemConfig,
  { folder, source }: { folder: string; source: string },
): Promise<{ config: CheckedSystemConfig; files: string[] }> {
  const files: string[] = [];
  const read = async (texts: string | readonly string[], path: string): Promise<string[]> =>
    Promise.all(
      [texts].flat().map(async (text) => {
        if (!FILE.test(text)) return text;
        const file = resolve(folder, text);
        files.push(file);
        return readFile(file, 'utf8').catch(async (cause: unknown) => {
          const message = `${source}: ${path}: expected a readable file at ${file}`;
          throw new SystemDescriptionError(message, { hint: await hintFor(file), cause });
        });
      }),
    );
  const readOne = async (text: string, path: string): Promise<string> => (await read(text, path)).join('');
  /** An action of SQL with the content of its files; any other action unchanged. */
  const readAction = async <A extends object>(action: A, path: string): Promise<A> =>
    hasSql(action) ? { ...action, sql: await read(action.sql, `${path}.sql`) } : action;
  const readActions = (actions: CheckedAction | readonly CheckedAction[], path: string): Promise<CheckedAction[]> =>
    Promise.all([actions].flat().map((action: CheckedAction) => readAction(action, path)));
  const { database, seed, mode, flipRead, openBreaker, recover, reconcile, identity, atRest } = config;
  const { reset } = database;
  const resolved: CheckedSystemConfig = {
    ...config,
    database: {
      ...database,
      setup: await read(database.setup, 'database.setup'),
      reset: reset === 'truncate-all' ? reset : await read(reset, 'database.reset'),
    },
    seed: {
      tenant: await read(seed.tenant, 'seed.tenant'),
      item: await read(seed.item, 'seed.item'),
      ...(seed.credentials === undefined ? {} : { credentials: await read(seed.credentials, 'seed.credentials') }),
    },
    mode: await read(mode, 'mode'),
    atRest: await read(atRest, 'atRest'),
    identity: typeof identity === 'string' ? identity : { query: await readOne(identity.query, 'identity.query') },
    flush: await readActions(config.flush, 'flush'),
    between: await readActions(config.between, 'between'),
    ...(flipRead && { flipRead: await readAction(flipRead, 'flipRead') }),
    ...(openBreaker && {
      openBreaker: isSql(openBreaker)
        ? await read(openBreaker, 'openBreaker')
        : await readAction(openBreaker, 'openBreaker'),
    }),
    ...(recover && { recover: await readAction(recover, 'recover') }),
    ...(reconcile && { reconcile: await readAction(reconcile, 'reconcile') }),
  };
  return { config: resolved, files };
}

async function hintFor(file: string): Promise<string> {
  const nearest = nearestName(basename(file), await readdir(dirname(file)).catch(() => []));
  return nearest === undefined ? 'its path is relative to the folder of the description' : `did you mean '${nearest}'?`;
}

function isSql(written: unknown): written is string | string[] {
  return typeof written === 'string' || Array.isArray(written);
}

function hasSql<A extends object>(action: A): action is A & { readonly sql: string | string[] } {
  return 'sql' in action && isSql(action.sql);
}
