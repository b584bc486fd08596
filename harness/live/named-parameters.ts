// SQL statements of a system description name their parameters (`:tenantId`); node-postgres numbers them. This translates.
import type pg from 'pg';
import { SystemDescriptionError } from '../platform/errors.ts';
import { sqlPieces } from './sql-tokens.ts';

/** Values for the named parameters of one statement. */
export type NamedValues = Readonly<Record<string, string | number | boolean | null>>;

const PARAMETER = /(?<!:):([a-z][A-Za-z]*)/g;

/** The statement with `$n` for each `:name`, and the values in that order. A name without a value is a SystemDescriptionError. */
export function bindNamed(statement: string, values: NamedValues): { text: string; values: unknown[] } {
  const names: string[] = [];
  const numbered = (name: string): string => {
    if (!(name in values)) throw unknownParameter(name, { statement, values });
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  };
  const texts = sqlPieces(statement).map((piece) => ('text' in piece ? piece.text : numbered(piece.parameter)));
  return { text: texts.join(''), values: names.map((name) => values[name]) };
}

function unknownParameter(
  name: string,
  { statement, values }: { statement: string; values: NamedValues },
): SystemDescriptionError {
  const available = Object.keys(values).map((key) => `:${key}`);
  return new SystemDescriptionError(`unknown parameter :${name} in statement: ${statement}`, {
    hint: available.length === 0 ? 'no parameters are available here' : `available here: ${available.join(', ')}`,
  });
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
