// Conditions and changes of the store port, evaluated on one version of a row.
import assert from 'node:assert/strict';
import type { Change, Condition } from '../../../src/contract/store.ts';
import { normalTime } from './database-time.ts';
import type { ColumnValue, StoredRow } from './row.ts';
import { assertColumn, holdsTimes, type MutableRow, type TableShape } from './table-shape.ts';

/** The conditions of a statement, all of which must hold, with their types erased. */
export type WhereClause = Readonly<Record<string, ColumnValue | Condition | undefined>>;

/** Columns to set, with their types erased. */
export type ChangeClause = Readonly<Record<string, ColumnValue | Change | undefined>>;

/** The database's clock for one statement. */
export interface StatementClock {
  /** The time of now plus `ms`, as text. */
  after(ms: number): string;
}

/** Whether a row meets all conditions. NULL meets only the condition `null` and an `any-of` that contains null. */
export function meets(row: StoredRow, where: WhereClause, clock: StatementClock): boolean {
  for (const column in where) {
    const wanted = where[column];
    // If undefined were ignored, the clause would silently match other rows too.
    if (wanted === undefined) assert.fail(`the condition on ${column} is undefined`);
    if (!meetsOne(row[column] ?? null, { column, wanted }, clock)) return false;
  }
  return true;
}

function meetsOne(
  value: ColumnValue,
  { column, wanted }: { column: string; wanted: ColumnValue | Condition },
  clock: StatementClock,
): boolean {
  if (typeof wanted !== 'object' || wanted === null) {
    if (value === wanted) return true;
    return typeof wanted === 'string' && holdsTimes(column) && value === normalTime(wanted);
  }
  if (wanted.kind === 'any-of') return wanted.values.includes(value);
  if (value === null) return false;
  if (wanted.kind === 'at-least') return Number(value) >= wanted.value;
  return String(value) < clock.after(-wanted.ms);
}

/** The columns to set in a row, and the clock for their times. */
export interface ChangeOrder {
  readonly clause: ChangeClause;
  readonly clock: StatementClock;
}

/** Makes the next version of a row; `base` stays unchanged. */
export function changed(shape: TableShape, base: StoredRow, order: ChangeOrder): StoredRow {
  const next = shape.copy(base);
  setColumns(shape, next, order);
  return next;
}

/** Sets columns of a row that no other session has seen yet. Each column is set once, so an increment reads its old value. */
export function setColumns(shape: TableShape, row: MutableRow, { clause, clock }: ChangeOrder): void {
  for (const column in clause) {
    const wanted = clause[column];
    if (wanted === undefined) continue;
    assertColumn(shape, column);
    row[column] = cellAfter(row[column] ?? null, { column, change: wanted }, clock);
  }
}

function cellAfter(
  value: ColumnValue,
  { column, change }: { column: string; change: ColumnValue | Change },
  clock: StatementClock,
): ColumnValue {
  if (typeof change !== 'object' || change === null) {
    return typeof change === 'string' && holdsTimes(column) ? normalTime(change) : change;
  }
  if (change.kind === 'database-time') return clock.after(change.plusMs);
  return value === null ? null : Number(value) + change.by;
}
