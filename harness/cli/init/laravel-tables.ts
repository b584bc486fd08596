// Finds the tables and columns that a migration of Laravel makes, by text: Schema::create and Schema::table with a closure.
import { blanked, closing, lineAt } from './source-text.ts';
import type { ReadTable } from './sql-tables.ts';

const COMMENT = /('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|\/\/[^\n]*|#(?!\[)[^\n]*|\/\*[\s\S]*?\*\//g;
const STRING = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/g;
const SCHEMA = /\bSchema::(?:\w+\([^()]*\)->)*(?:create|table)\(\s*['"](\w+)['"][^{;]*\{/g;

/** $table->string('status') and $table->id(). */
const COLUMN = /\$\w+->(\w+)\(\s*(?:['"](\w+)['"])?/g;

/** The methods that make no column, although their argument can be the name of one. */
const NO_COLUMN =
  /^(?:after|charset|collation|comment|default|drop\w*|engine|foreign|fullText|index|primary|rename\w*|spatialIndex|unique)$/;

/** The columns of methods that need no name. */
const NAMELESS: Readonly<Record<string, readonly string[]>> = {
  id: ['id'],
  timestamps: ['created_at', 'updated_at'],
  timestampsTz: ['created_at', 'updated_at'],
  softDeletes: ['deleted_at'],
};

/** The tables of a migration, one entry a closure. */
export function tablesInMigration(source: string): ReadTable[] {
  const text = blanked(source, COMMENT);
  const withoutStrings = blanked(text, STRING);
  return [...text.matchAll(SCHEMA)].map(({ index, 0: whole, 1: name = '' }) => {
    const from = index + whole.length;
    const calls = [...text.slice(from, closing(withoutStrings, from)).matchAll(COLUMN)];
    const columns = calls.flatMap(([, method = '', column]) =>
      NO_COLUMN.test(method) ? [] : column === undefined ? (NAMELESS[method] ?? []) : [column],
    );
    return { name, columns, line: lineAt(text, index) };
  });
}
