// Finds the tables of a pair in the sources of its projects: in files of SQL, and in Laravel's migrations.
import { join, resolve } from 'node:path';
import { namesIn, textOf } from './project-files.ts';
import { tablesInMigration } from './laravel-tables.ts';
import { type ReadTable, tablesInSql } from './sql-tables.ts';

/** A table with all columns that the sources give it. */
export interface FoundTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** The file and the line that name it first, such as `legacy/schema.sql:12`. */
  readonly place: string;
}

/** Folders below this depth hold no schema. */
const DEPTH_MAX = 4;
const EXCLUDED = /^(?:\..*|node_modules|vendor|testdata|tests?|storage)$/;
const MIGRATION = /(?:^|\/)database\/migrations\/[^/]+\.php$/;

/** The tables in the sources of these folders and files, relative to `base`. */
export function findTables(
  base: string,
  { folders, files }: { folders: readonly string[]; files: readonly string[] },
): FoundTable[] {
  const paths = [...files, ...folders.flatMap((folder) => schemasBelow(base, join(folder, '.'), 0))];
  const known = new Set<string>();
  const tables = new Map<string, FoundTable>();
  for (const path of paths) {
    if (known.has(resolve(base, path))) continue;
    known.add(resolve(base, path));
    for (const table of tablesIn(path, textOf(resolve(base, path)))) {
      const earlier = tables.get(table.name);
      const { name, place, columns } = earlier ?? { name: table.name, place: `${path}:${table.line}`, columns: [] };
      tables.set(name, { name, place, columns: [...new Set([...columns, ...table.columns])] });
    }
  }
  return [...tables.values()];
}

function tablesIn(path: string, text: string): ReadTable[] {
  return path.endsWith('.sql') ? tablesInSql(text) : tablesInMigration(text);
}

function schemasBelow(base: string, folder: string, depth: number): string[] {
  const here = join(base, folder);
  const own = namesIn(here, 'files')
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.sql') || MIGRATION.test(path));
  if (depth === DEPTH_MAX) return own;
  const below = namesIn(here, 'folders').filter((name) => !EXCLUDED.test(name));
  return [...own, ...below.flatMap((name) => schemasBelow(base, join(folder, name), depth + 1))];
}
