// Reads what the audit of a database has recorded, with the names and words of the canonical tables and times of the rig's clock.
import assert from 'node:assert/strict';
import type pg from 'pg';
import type { EventOf, Observation } from '../../formats/event.ts';
import type { SystemDescription } from '../../formats/system-description.ts';
import { rigMicros } from '../observers/clock.ts';
import { namedTable } from '../table-names.ts';
import type { ClockOffset } from './clock.ts';
import { parseExactly } from './exact-json.ts';
import { AUDIT_TABLE, AUDIT_TRIGGER } from './install.ts';
import { canonicalRow, rowKey } from './row-names.ts';

/** A connection of a superuser to a slot's database. */
export type AuditConnection = pg.Client | pg.PoolClient;

/** How to translate the audit: the description gives the names, the offset the times. */
export interface ReadAuditOptions extends ClockOffset {
  readonly description: SystemDescription;
}

interface AuditRow {
  /** When the row was written, and the last row of its transaction. */
  readonly at: string;
  readonly last_at: string;
  readonly committed: string | null;
  readonly transaction: string;
  readonly role: string;
  readonly table_name: string;
  readonly operation: EventOf<'row'>['operation'];
  readonly before: string | null;
  readonly after: string | null;
}

const OBSERVER = 'audit';

// A row takes effect when its transaction commits; inside a transaction the order of statements counts.
const READ = `
  WITH stamped AS (SELECT *, pg_xact_commit_timestamp(transaction::xid) AS committed FROM ${AUDIT_TABLE})
  SELECT (extract(epoch FROM at) * 1000000)::bigint AS at,
         (extract(epoch FROM max(at) OVER (PARTITION BY transaction)) * 1000000)::bigint AS last_at,
         (extract(epoch FROM committed) * 1000000)::bigint AS committed,
         transaction::text, role, table_name, operation, before::text, after::text
  FROM stamped ORDER BY committed, seq`;

/** All changes since `clearAudit`, in the order of their commits, and a problem for each table that is no longer under audit. */
export async function readAudit(client: AuditConnection, options: ReadAuditOptions): Promise<Observation[]> {
  const { rows } = await client.query<AuditRow>(READ);
  const changes = rows.map((row) => rowEvent(row, options));
  return [...changes, ...(await reportUnaudited(client, options.description))];
}

/** Removes all recorded changes, including those of transactions that are about to end. */
export async function clearAudit(client: AuditConnection): Promise<void> {
  await client.query(`TRUNCATE ${AUDIT_TABLE}`);
}

/** The canonical names of the tables in which the service's role may write, even if it has the privilege only through another role. */
export async function readPrivileges(
  client: AuditConnection,
  description: SystemDescription,
): Promise<Omit<EventOf<'privileges'>, 'seq'>> {
  const role = description.database.roles.service;
  const tables = namesOfTables(description);
  const earliest = rigMicros();
  const { rows } = await client.query<{ canonical: string }>({
    text: `SELECT canonical FROM unnest($2::text[], $3::text[]) AS listed (canonical, name)
      WHERE has_table_privilege($1, name, 'INSERT, UPDATE, DELETE, TRUNCATE')
         OR has_any_column_privilege($1, name, 'INSERT, UPDATE')
      ORDER BY canonical`,
    values: [role, tables.canonical, tables.real],
  });
  const writable = rows.map((row) => row.canonical);
  return { observer: OBSERVER, kind: 'privileges', role, writable, earliest, latest: rigMicros() };
}

function rowEvent(row: AuditRow, { description, offsetMicros, errorMicros }: ReadAuditOptions): Observation {
  assert(row.committed !== null, 'the database keeps no commit timestamps: track_commit_timestamp must be on');
  const table = description.database.tables[row.table_name];
  assert(table !== undefined, `the audit knows a table that the description does not: ${row.table_name}`);
  const before = canonicalRow(table, imageIn(row.before));
  const after = canonicalRow(table, imageIn(row.after));
  // If the clock was set back meanwhile, the commit must still not precede the rows that it commits.
  const committed = Math.max(Number(row.committed), Number(row.last_at)) + offsetMicros;
  return {
    observer: OBSERVER,
    kind: 'row',
    table: row.table_name,
    operation: row.operation,
    key: rowKey(table, after ?? before ?? {}),
    before,
    after,
    role: row.role,
    transaction: row.transaction,
    statementEarliest: Number(row.at) + offsetMicros - errorMicros,
    earliest: committed - errorMicros,
    latest: committed + errorMicros,
  };
}

function imageIn(json: string | null): Record<string, unknown> | null {
  return json === null ? null : (parseExactly(json) as Record<string, unknown>);
}

/** A system owns its tables, so it could remove the trigger. A table without its trigger must not look like a table without changes. */
async function reportUnaudited(client: AuditConnection, description: SystemDescription): Promise<Observation[]> {
  const tables = namesOfTables(description);
  const earliest = rigMicros();
  const { rows } = await client.query<{ canonical: string }>({
    text: `SELECT canonical FROM unnest($2::text[], $3::text[]) AS listed (canonical, name)
      WHERE NOT EXISTS (
        SELECT FROM pg_trigger WHERE tgrelid = to_regclass(name) AND tgname = $1 AND tgenabled = 'A'
      ) ORDER BY canonical`,
    values: [AUDIT_TRIGGER, tables.canonical, tables.real],
  });
  const latest = rigMicros();
  return rows.map(({ canonical }) => {
    const detail = `the audit's trigger on ${canonical} is gone`;
    return { observer: OBSERVER, kind: 'observer-problem', problem: 'lost', detail, earliest, latest };
  });
}

function namesOfTables(description: SystemDescription): { canonical: string[]; real: string[] } {
  const canonical = Object.keys(description.database.tables);
  return { canonical, real: canonical.map((name) => namedTable(description, name).sql) };
}
