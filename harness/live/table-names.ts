// Translates the canonical names of tables and columns into those of a system, quoted for SQL.
import { escapeIdentifier } from 'pg';
import { SystemDescriptionError } from '../platform/errors.ts';
import type { SystemDescription } from '../formats/system-description.ts';

/** One table of a system. */
export interface NamedTable {
  /** Its quoted name, with its schema if the description names one. */
  readonly sql: string;
  /** The quoted name of a column; a column that the description does not rename keeps its canonical name. */
  column(canonical: string): string;
}

/** The table that a description gives for a canonical name. Throws a SystemDescriptionError if it gives none. */
export function namedTable(description: SystemDescription, canonical: string): NamedTable {
  const table = description.database.tables[canonical];
  if (table === undefined)
    throw new SystemDescriptionError(`${description.name}: expected a table for ${canonical}, found none`);
  return {
    sql: table.name.split('.').map(escapeIdentifier).join('.'),
    column: (name) => escapeIdentifier(table.columns?.[name] ?? name),
  };
}
