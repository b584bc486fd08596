// The shape of a table, computed once: its columns, their defaults, and the values that they refuse.
import assert from 'node:assert/strict';
import { TABLES, type TableName } from '../../../src/contract/tables.ts';
import { type Check, CHECKS, COLUMNS } from './columns.ts';
import type { ColumnValue, StoredRow } from './row.ts';
import { SQL_STATES, StatementError } from './statement-error.ts';

/** The rules of one table. */
export interface TableShape {
  readonly name: TableName;
  readonly primaryKey: readonly string[];
  /** The columns of every unique index, the primary key first: a new row is entered into the indexes in this order. */
  readonly uniqueKeys: readonly (readonly string[])[];
  /** A row of the constant defaults, with NULL in all other columns. All rows are copied from it, so their columns have the same order. */
  readonly template: StoredRow;
  /** The columns whose default is the time of the statement. */
  readonly timed: readonly string[];
  readonly required: readonly string[];
  readonly checks: readonly Check[];
  copy(row: StoredRow): MutableRow;
}

/** A row that no other session has seen yet. */
export type MutableRow = Record<string, ColumnValue>;

/** The names of all columns that hold times, in any table. */
const TIME_COLUMNS: ReadonlySet<string> = new Set(
  Object.values(COLUMNS).flatMap((columns) =>
    Object.entries(columns).flatMap(([column, kind]) => (kind.startsWith('time') ? [column] : [])),
  ),
);

/** Whether a column of this name holds times. */
export function holdsTimes(column: string): boolean {
  return TIME_COLUMNS.has(column);
}

/** The shapes of all tables. */
export const SHAPES = Object.fromEntries(Object.keys(TABLES).map((name) => [name, shapeOf(name as TableName)])) as {
  readonly [T in TableName]: TableShape;
};

function shapeOf(name: TableName): TableShape {
  const { primaryKey, unique, defaults } = TABLES[name];
  const columns: [string, string][] = Object.entries(COLUMNS[name]);
  const template: Record<string, ColumnValue> = Object.fromEntries(columns.map(([column]) => [column, null]));
  const timed: string[] = [];
  for (const [column, value] of Object.entries(defaults)) {
    if (value.kind === 'now') timed.push(column);
    else template[column] = value.value;
  }
  return {
    name,
    primaryKey,
    uniqueKeys: [primaryKey, ...unique.map((column) => [column])],
    template,
    timed,
    required: columns.flatMap(([column, kind]) => (kind.endsWith('?') ? [] : [column])),
    checks: CHECKS[name] ?? [],
    copy: copierOf(columns.map(([column]) => column)),
  };
}

/**
 * A function that copies rows of one table, as an object literal with its columns. Copies are what a run does most, and a spread shared by
 * all tables takes several times as long: V8 cannot optimize it for one set of columns.
 */
function copierOf(columns: readonly string[]): (row: StoredRow) => MutableRow {
  const cells = columns.map((column) => `${JSON.stringify(column)}: row[${JSON.stringify(column)}]`);
  // The columns are known only at run time, so the literal can only be compiled from a string.
  // oxlint-disable-next-line typescript/no-implied-eval, no-new-func
  return new Function('row', `return { ${cells.join(', ')} };`) as (row: StoredRow) => MutableRow;
}

/** Throws a StatementError for a row that violates a NOT NULL or CHECK constraint. */
export function assertAllowed(shape: TableShape, row: StoredRow): void {
  for (const column of shape.required) {
    const value = row[column];
    if (value !== null) continue;
    throw new StatementError(SQL_STATES.notNull, `${shape.name}.${column} may not be null`);
  }
  for (const check of shape.checks) {
    const value = row[check.column] ?? null;
    if ('least' in check ? Number(value) >= check.least : check.oneOf.includes(value)) continue;
    throw new StatementError(SQL_STATES.check, `${shape.name}.${check.column} may not be '${value}'`);
  }
}

/** Throws an AssertionError for a column that the table does not have: that is a mistake of the caller, not of the data. */
export function assertColumn(shape: TableShape, column: string): void {
  if (!(column in shape.template)) assert.fail(`the table ${shape.name} has no column ${column}`);
}
