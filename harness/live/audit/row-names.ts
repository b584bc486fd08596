// Translates the rows of a system's own tables to canonical names and words, and makes the key that identifies a row.
import type { SystemDescription } from '../../formats/system-description.ts';

type Table = SystemDescription['database']['tables'][string];
type Row = Readonly<Record<string, unknown>>;

/** The row with canonical column names and words; what the description does not translate stays as it is. */
export function canonicalRow(table: Table, row: Row | null): Record<string, unknown> | null {
  if (row === null) return null;
  const names = canonicalNames(table);
  return Object.fromEntries(
    Object.entries(row).map(([real, value]) => {
      const name = names.get(real) ?? real;
      return [name, table.values?.[name]?.[String(value)] ?? value];
    }),
  );
}

/** The system's own word for a canonical one; the canonical one if the description does not translate it. */
export function realWord(table: Table, { column, word }: { column: string; word: string }): string {
  const words = Object.entries(table.values?.[column] ?? {});
  return words.find(([, canonical]) => canonical === word)?.[0] ?? word;
}

/** The values of the key columns, joined by '/'. The description can give those columns their real or their canonical names. */
export function rowKey(table: Table, row: Row): string {
  const names = canonicalNames(table);
  return table.key.map((name) => keyText(row[name] ?? row[names.get(name) ?? name])).join('/');
}

function keyText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function canonicalNames(table: Table): Map<string, string> {
  return new Map(Object.entries(table.columns ?? {}).map(([canonical, real]) => [real, canonical]));
}
