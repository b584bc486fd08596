// Builds the SQL text and values of each verb of a Transaction. Only known tables and well-formed column names become SQL text.
import assert from 'node:assert/strict';
import type { ProcedureName, Procedures } from '../contract/authority.ts';
import type { Change, Condition } from '../contract/store.ts';
import { TABLES, type TableName } from '../contract/tables.ts';

/** One statement with its parameters: `$1` is the first of `values`. */
export interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/** A condition, a change or a row, without its static type: column names and values. */
type Columns = Readonly<Record<string, unknown>>;

const NAME = /^[a-z][a-z0-9_]*$/;

const PARAMETERS: { readonly [P in ProcedureName]: Readonly<Record<keyof Procedures[P]['arguments'], string>> } = {
  sa_claim: {
    messageUuid: 'message_uuid',
    tenantId: 'tenant_id',
    payloadDigest: 'payload_digest',
    holder: 'holder',
    token: 'token',
    leaseMs: 'lease_ms',
  },
  sa_begin_send: { messageUuid: 'message_uuid', epoch: 'epoch', token: 'token' },
  sa_settle: {
    messageUuid: 'message_uuid',
    epoch: 'epoch',
    state: 'state',
    providerMessageId: 'provider_message_id',
  },
  sa_surface: { olderThanMs: 'older_than_ms' },
  reconcile: { graceMs: 'grace_ms' },
};

/** Reads rows in the order of the key, so that transactions lock them in the same order. */
export function selectStatement(table: TableName, where: Columns, options: { forUpdate?: true } = {}): Statement {
  const values: unknown[] = [];
  const clause = whereClause(where, values);
  const order = TABLES[knownTable(table)].primaryKey.map(quote).join(', ');
  const lock = options.forUpdate === true ? ' FOR UPDATE' : '';
  return { text: `SELECT * FROM ${quote(table)}${clause} ORDER BY ${order}${lock}`, values };
}

/** Inserts one row and returns it. */
export function insertStatement(table: TableName, row: Columns, options: { onConflict?: 'ignore' } = {}): Statement {
  const values: unknown[] = [];
  const entries = presentEntries(row);
  const columns = entries.map(([column]) => quote(column)).join(', ');
  const sources = entries.map(([column, value]) => assigned(column, value, values)).join(', ');
  const conflict = options.onConflict === 'ignore' ? ' ON CONFLICT DO NOTHING' : '';
  const text = `INSERT INTO ${quote(knownTable(table))} (${columns}) VALUES (${sources})${conflict} RETURNING *`;
  return { text, values };
}

/** Changes rows and returns the changed rows. */
export function updateStatement(table: TableName, where: Columns, changes: Columns): Statement {
  const values: unknown[] = [];
  const settings = presentEntries(changes).map(
    ([column, value]) => `${quote(column)} = ${assigned(column, value, values)}`,
  );
  const text = `UPDATE ${quote(knownTable(table))} SET ${settings.join(', ')}${whereClause(where, values)} RETURNING *`;
  return { text, values };
}

/** Removes rows. */
export function removeStatement(table: TableName, where: Columns): Statement {
  const values: unknown[] = [];
  return { text: `DELETE FROM ${quote(knownTable(table))}${whereClause(where, values)}`, values };
}

/** Takes an advisory lock that ends with the transaction. */
export function lockStatement(key: string): Statement {
  return { text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', values: [key] };
}

/** Calls a stored procedure by the names of its arguments. */
export function callStatement(procedure: ProcedureName, args: Columns): Statement {
  assert(Object.hasOwn(PARAMETERS, procedure), `expected a stored procedure, received '${procedure}'`);
  const parameters: Readonly<Record<string, string>> = PARAMETERS[procedure];
  const values: unknown[] = [];
  const passed = Object.entries(parameters).map(([name, parameter]) => {
    assert(args[name] !== undefined, `${procedure}: expected the argument ${name}`);
    return `${quote(parameter)} => ${parameterOf(args[name], values)}`;
  });
  return { text: `SELECT ${quote(procedure)}(${passed.join(', ')}) AS result`, values };
}

function whereClause(where: Columns, values: unknown[]): string {
  const conditions = Object.entries(where).map(([column, value]) => condition(column, value, values));
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}

function condition(column: string, value: unknown, values: unknown[]): string {
  // Skipping an undefined value would silently match more rows.
  assert(value !== undefined, `the condition on ${column} is undefined`);
  const name = quote(column);
  if (value === null) return `${name} IS NULL`;
  if (typeof value !== 'object') return `${name} = ${parameterOf(value, values)}`;
  const wanted = value as Condition;
  if (wanted.kind === 'at-least') return `${name} >= ${parameterOf(wanted.value, values)}`;
  if (wanted.kind === 'older-than') return `${name} < clock_timestamp() - ${interval(wanted.ms, values)}`;
  return anyOfCondition(name, wanted.values, values);
}

function anyOfCondition(name: string, wanted: readonly unknown[], values: unknown[]): string {
  const present = `${name} = ANY (${parameterOf(
    wanted.filter((value) => value !== null),
    values,
  )})`;
  return wanted.includes(null) ? `(${present} OR ${name} IS NULL)` : present;
}

function assigned(column: string, value: unknown, values: unknown[]): string {
  if (value === null || typeof value !== 'object') return parameterOf(value, values);
  const change = value as Change;
  if (change.kind === 'increment') return `${quote(column)} + ${parameterOf(change.by, values)}`;
  return `clock_timestamp() + ${interval(change.plusMs, values)}`;
}

function interval(ms: number, values: unknown[]): string {
  return `${parameterOf(ms, values)}::double precision * interval '1 millisecond'`;
}

function parameterOf(value: unknown, values: unknown[]): string {
  values.push(value);
  return `$${values.length}`;
}

function presentEntries(columns: Columns): [string, unknown][] {
  const entries = Object.entries(columns).filter(([, value]) => value !== undefined);
  assert(entries.length > 0, 'expected at least one column');
  return entries;
}

function knownTable(table: TableName): TableName {
  assert(Object.hasOwn(TABLES, table), `expected a table, received '${table}'`);
  return table;
}

function quote(name: string): string {
  assert(NAME.test(name), `expected the name of a table or column, received '${name}'`);
  return `"${name}"`;
}
