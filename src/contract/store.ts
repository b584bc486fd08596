// The store port: the statements that a process can run in its database. It is small, so that the simulated store can be exact.
import type { Procedures, ProcedureName } from './authority.ts';
import type { RowOf, TableName } from './tables.ts';

/** A condition on one column other than equality. */
export type Condition =
  | { readonly kind: 'at-least'; readonly value: number }
  | { readonly kind: 'any-of'; readonly values: readonly (string | number | boolean | null)[] }
  | { readonly kind: 'older-than'; readonly ms: number };

/** The column is at least `value`. */
export const atLeast = (value: number): Condition => ({ kind: 'at-least', value });

/** The column is one of `values`. */
export const anyOf = (values: readonly (string | number | boolean | null)[]): Condition => ({ kind: 'any-of', values });

/** The column is a time more than `ms` milliseconds before the database's clock_timestamp(). */
export const olderThan = (ms: number): Condition => ({ kind: 'older-than', ms });

/** A change of one column other than a plain value. */
export type Change =
  { readonly kind: 'increment'; readonly by: number } | { readonly kind: 'database-time'; readonly plusMs: number };

/** Adds `by` to the column, in the database. */
export const increment = (by: number): Change => ({ kind: 'increment', by });

/** Sets the column to the database's clock_timestamp() plus `plusMs` milliseconds. */
export const databaseTime = (plusMs = 0): Change => ({ kind: 'database-time', plusMs });

/** A conjunction over columns; `null` matches SQL NULL. */
export type Where<T extends TableName> = { readonly [C in keyof RowOf<T>]?: RowOf<T>[C] | Condition };

/** The columns to set. */
export type Changes<T extends TableName> = { readonly [C in keyof RowOf<T>]?: RowOf<T>[C] | Change };

/** The columns of a new row; the rest take the database's defaults. */
export type NewRow<T extends TableName> = { readonly [C in keyof RowOf<T>]?: RowOf<T>[C] | Change };

/**
 * One READ COMMITTED transaction. Its methods are called verbs: each is one statement with one snapshot. A statement error aborts the
 * transaction: the verb rejects, and `Store.transaction` returns `rolled-back` with the SQL state.
 */
export interface Transaction {
  select<T extends TableName>(table: T, where: Where<T>, options?: { readonly forUpdate?: true }): Promise<RowOf<T>[]>;
  /** Returns the new row, or undefined if `onConflict: 'ignore'` found a row. Waits for a concurrent insert of the same key. */
  insert<T extends TableName>(
    table: T,
    row: NewRow<T>,
    options?: { readonly onConflict: 'ignore' },
  ): Promise<RowOf<T> | undefined>;
  /** Waits for row locks, then checks `where` again on the newest version. Returns the updated rows. */
  update<T extends TableName>(table: T, where: Where<T>, changes: Changes<T>): Promise<RowOf<T>[]>;
  /** Returns how many rows were removed. */
  remove<T extends TableName>(table: T, where: Where<T>): Promise<number>;
  /** Takes an advisory lock until the end of the transaction. */
  lock(key: string): Promise<void>;
  call<P extends ProcedureName>(procedure: P, args: Procedures[P]['arguments']): Promise<Procedures[P]['result']>;
}

/** How a transaction ended. `unknown`: COMMIT was sent, but its outcome was not received. */
export type Outcome<T> =
  | { readonly kind: 'committed'; readonly value: T }
  | { readonly kind: 'rolled-back'; readonly sqlState: string }
  | { readonly kind: 'unknown' };

/** A database, used under one role. */
export interface Store {
  /**
   * Runs `work` in one transaction. An error of `work` that does not come from the database rolls back and is rethrown.
   * `durable: false` commits without waiting for the disk; `readFrom: 'replica'` can return stale rows.
   */
  transaction<T>(
    work: (tx: Transaction) => Promise<T>,
    options?: { readonly durable?: boolean; readonly readFrom?: 'primary' | 'replica' },
  ): Promise<Outcome<T>>;
}
