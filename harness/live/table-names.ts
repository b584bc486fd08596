// From the canonical names of tables and columns to a system's own, quoted for SQL.
import { escapeIdentifier } from 'pg';
import { SystemDescriptionError } from '../platform/errors.ts';
import type { SystemDescription } from '../formats/system-description.ts';

/** One table of a system: its quoted name, and the quoted name of any of its canonical columns. */
export interface NamedTable {
  readonly sql: string;
  column(canonical: string): string;
}

/** The table a description gives for a canonical name; a SystemDescriptionError when it gives none. */
export function namedTable(description: SystemDescription, canonical: string): NamedTable {
  const table = description.database.tables[canonical];
  if (table === undefined)
    throw new SystemDescriptionError(`${description.name}: expected a table for ${canonical}, found none`);
  return {
    sql: table.name.split('.').map(escapeIdentifier).join('.'),
    column: (name) => escapeIdentifier(table.columns?.[name] ?? name),
  };
}
