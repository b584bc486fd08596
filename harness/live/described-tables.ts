// Whether the tables and columns that a description names are in the database, with types that the rig can read and write.
import type { Client } from 'pg';
import { SystemDescriptionError } from '../platform/errors.ts';
import { nearestName } from '../platform/nearest-name.ts';
import type { SystemDescription, TableDescription } from '../formats/system-description.ts';
import { namedTable } from './table-names.ts';

/** What the rig does with a column, and the categories of PostgreSQL's types that will do for it. */
interface ColumnUse {
  readonly what: string;
  readonly categories: string;
  /** Types beside those. */
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

/** Those that it reads where the rows of the items show their uuids. */
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

/** What a table can be called in a description: its schema is left out where it is the usual one. */
const TABLES = `
  SELECT CASE schemaname WHEN 'public' THEN tablename ELSE schemaname || '.' || tablename END AS name
  FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'onesend') ORDER BY name`;

/** Throws one SystemDescriptionError that names every table and column that is missing or of no use. */
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
  const there = tables.length === 0 ? '' : `; there are ${tables.map(({ name }) => name).join(', ')}`;
  const hint = `say the real names in \`database.tables\`, or make the tables in \`database.setup\`${there}`;
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

/** What is wrong with a table, a line each. */
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

/** A column that is looked for: its place in the description, its real name, and what it is for. */
interface WantedColumn {
  readonly at: string;
  readonly real: string;
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
