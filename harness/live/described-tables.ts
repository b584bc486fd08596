// Checks that the tables and columns that a description names are in the database, with types that the rig can read and write.
import type { Client } from 'pg';
import { SystemDescriptionError } from '../platform/errors.ts';
import { nearestName } from '../platform/nearest-name.ts';
import type { SystemDescription, TableDescription } from '../formats/system-description.ts';
import { namedTable } from './table-names.ts';

/** What the rig expects of a column. */
interface ColumnUse {
  /** What messages call the expected value. */
  readonly what: string;
  /** The categories of PostgreSQL's types (`pg_type.typcategory`) that fit, one letter each. */
  readonly categories: string;
  /** Single types that fit too. */
  readonly types?: readonly string[];
}

const TEXT: ColumnUse = { what: 'a text', categories: 'SE' };
const NUMBER: ColumnUse = { what: 'a number', categories: 'N' };
const UUID: ColumnUse = { what: 'a uuid', categories: 'S', types: ['uuid'] };

type Uses = Readonly<Record<string, Readonly<Record<string, ColumnUse>>>>;

/** The columns that every run reads, by canonical names. */
const USES: Uses = {
  sms_logs: { message_uuid: UUID, status: TEXT },
  go_sms_logs: { message_uuid: UUID, status: TEXT },
  quota_accounts: { tenant_id: NUMBER, units: NUMBER },
};

/** Columns that a run reads too if the rows of the items hold their uuids. */
const USES_OF_ITEMS: Uses = { campaign_sms: { phone: TEXT, message_uuid: UUID } };

interface Column {
  readonly name: string;
  readonly type: string;
  readonly category: string;
}

const COLUMNS = `
  SELECT attname AS name, typname AS type, typcategory AS category
  FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
  WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`;

/** The names by which a description can call the tables of the database: the schema is left out if it is `public`. */
const TABLES = `
  SELECT CASE schemaname WHEN 'public' THEN tablename ELSE schemaname || '.' || tablename END AS name
  FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'onesend') ORDER BY name`;

/** Throws one SystemDescriptionError that names every table and column that is missing or has the wrong type. */
export async function assertTables(client: Client, description: SystemDescription): Promise<void> {
  const uses = description.identity === 'column' ? { ...USES, ...USES_OF_ITEMS } : USES;
  const problems: string[] = [];
  for (const [canonical, table] of Object.entries(description.database.tables)) {
    const { rows } = await client.query<Column>(COLUMNS, [namedTable(description, canonical).sql]);
    problems.push(...problemsOf({ canonical, table, columns: rows, uses: uses[canonical] ?? {} }));
  }
  const [only, ...more] = problems;
  if (only === undefined) return;
  const { rows: tables } = await client.query<{ name: string }>(TABLES);
  const existing = tables.length === 0 ? '' : `; the database has ${tables.map(({ name }) => name).join(', ')}`;
  const hint = `write the real names in \`database.tables\`, or create the tables in \`database.setup\`${existing}`;
  if (more.length === 0) throw new SystemDescriptionError(`${description.name}: ${only}`, { hint });
  throw new SystemDescriptionError(`${description.name}: ${problems.length} errors in the tables`, {
    hint,
    details: problems,
  });
}

interface FoundTable {
  readonly canonical: string;
  readonly table: TableDescription;
  readonly columns: readonly Column[];
  readonly uses: Readonly<Record<string, ColumnUse>>;
}

/** The problems of one table, one line each. */
function problemsOf({ canonical, table, columns, uses }: FoundTable): string[] {
  const path = `database.tables.${canonical}`;
  if (columns.length === 0) return [`${path}: expected a table ${table.name}, found none`];
  const wanted = new Set([...Object.keys(uses), ...Object.keys(table.columns ?? {})]);
  const ofColumns = [...wanted].flatMap((name) => {
    const real = table.columns?.[name] ?? name;
    const at = `${path}.columns.${name}`;
    return columnProblem({ at, real, use: uses[name] }, columns);
  });
  const known = new Set([...columns.map(({ name }) => name), ...Object.keys(table.columns ?? {})]);
  const ofKey = table.key
    .filter((name) => !known.has(name))
    .map((name) => `${path}.key: expected a column ${name} in ${table.name}, found none${guess(name, columns)}`);
  return [...ofColumns, ...ofKey];
}

interface WantedColumn {
  /** Its path in the description. */
  readonly at: string;
  /** Its name in the database. */
  readonly real: string;
  /** Undefined if any type fits. */
  readonly use: ColumnUse | undefined;
}

function columnProblem({ at, real, use }: WantedColumn, columns: readonly Column[]): string[] {
  const found = columns.find(({ name }) => name === real);
  if (found === undefined) return [`${at}: expected a column ${real}, found none${guess(real, columns)}`];
  if (use === undefined || use.categories.includes(found.category) || use.types?.includes(found.type) === true)
    return [];
  return [`${at}: expected ${use.what}, found the type ${found.type}`];
}

function guess(name: string, columns: readonly Column[]): string {
  const nearest = nearestName(
    name,
    columns.map((column) => column.name),
  );
  return nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
}
