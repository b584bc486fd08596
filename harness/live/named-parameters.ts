// SQL statements of a system description name their parameters (`:tenantId`); node-postgres numbers them. This translates.
import type pg from 'pg';
import { SystemDescriptionError } from '../platform/errors.ts';

/** Values for the named parameters of one statement. */
export type NamedValues = Readonly<Record<string, string | number | boolean | null>>;

const PARAMETER = /(?<!:):([a-z][A-Za-z]*)/g;

/** The statement with `$n` for each `:name`, and the values in that order. A name without a value is a SystemDescriptionError. */
export function bindNamed(statement: string, values: NamedValues): { text: string; values: unknown[] } {
  const names: string[] = [];
  const text = statement.replace(PARAMETER, (_, name: string) => {
    if (!(name in values)) {
      throw new SystemDescriptionError(`unknown parameter :${name} in statement: ${statement}`, {
        hint: `available here: ${Object.keys(values)
          .map((key) => `:${key}`)
          .join(', ')}`,
      });
    }
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return { text, values: names.map((name) => values[name]) };
}

/** Replaces `:name` in a path or body by its value. */
export function fillNamed(template: string, values: NamedValues): string {
  return template.replace(PARAMETER, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** Runs statements one after the other with the same named values. */
export async function runStatements(
  client: pg.Client,
  statements: readonly string[],
  values: NamedValues = {},
): Promise<void> {
  for (const statement of statements) await client.query(bindNamed(statement, values));
}
