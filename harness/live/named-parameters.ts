// Translates the named parameters of a description's SQL statements (`:tenantId`) into the numbered ones of node-postgres (`$1`), and runs
// the statements.
import { type Client, DatabaseError, type QueryResult } from 'pg';
import { SystemDescriptionError } from '../platform/errors.ts';
import { sqlPieces } from './sql-tokens.ts';

/** Values for the named parameters of one statement. */
export type NamedValues = Readonly<Record<string, string | number | boolean | null>>;

const PARAMETER = /(?<!:):([a-z][A-Za-z]*)/g;

/** The statement with `$n` for each `:name`, and the values in that order. Throws a SystemDescriptionError for a name without a value. */
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

/** Replaces `:name` in a path or body by its value; a name without a value stays. */
export function fillNamed(template: string, values: NamedValues): string {
  return template.replace(PARAMETER, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** Runs statements one after the other with the same values. Throws a SystemDescriptionError for a statement that PostgreSQL rejects. */
export async function runStatements(
  client: Client,
  statements: readonly string[],
  values: NamedValues = {},
): Promise<void> {
  await valueOf(client, statements, values);
}

/** Runs statements as `runStatements` does, and returns the first value of the first row of the last; undefined if it has no row. */
export async function valueOf(
  client: Client,
  statements: readonly string[],
  values: NamedValues = {},
): Promise<unknown> {
  let value: unknown;
  for (const statement of statements) {
    try {
      value = firstValue(await queryPastDeadlocks(client, bindNamed(statement, values)));
    } catch (cause) {
      if (!isOfStatement(cause)) throw cause;
      throw new SystemDescriptionError(
        `a statement of the description failed: ${cause.message}: ${firstLine(statement)}`,
        { hint: 'it is run on the tables that `database.setup` makes', cause },
      );
    }
  }
  return value;
}

/** How often a statement is run that PostgreSQL ends to resolve a deadlock. */
const DEADLOCKS_MAX = 5;

/** Runs a statement. A process of the pair can lock the same tables in another order; the statement that PostgreSQL ends then changed nothing. */
async function queryPastDeadlocks(client: Client, bound: ReturnType<typeof bindNamed>): Promise<QueryResult> {
  for (let deadlocks = 1; ; deadlocks += 1) {
    try {
      return await client.query(bound);
    } catch (error) {
      if (!isDeadlock(error) || deadlocks === DEADLOCKS_MAX) throw error;
    }
  }
}

function isDeadlock(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '40P01';
}

/** The driver returns an array of results for a text that holds several statements. */
function firstValue(result: QueryResult | QueryResult[]): unknown {
  const row: unknown = [result].flat().at(-1)?.rows[0];
  return Object.values(row ?? {})[0];
}

/** The classes of SQLSTATE that blame the statement or its data, and not the server or a concurrent transaction. */
const OF_STATEMENTS = new Set(['0A', '21', '22', '23', '2B', '3F', '42', 'P0']);

function isOfStatement(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && OF_STATEMENTS.has(error.code?.slice(0, 2) ?? '');
}

/** The first line of a statement, for a message that quotes it. */
export function firstLine(statement: string): string {
  return statement.trim().split('\n')[0] ?? '';
}
