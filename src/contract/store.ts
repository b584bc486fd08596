// The store port: what a process may ask of its database. Deliberately small, so that the simulated store can be exact.
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

/** The column, a time, lies more than `ms` before the database's clock_timestamp(). */
export const olderThan = (ms: number): Condition => ({ kind: 'older-than', ms });

/** A change of one column other than a plain value. */
export type Change =
  { readonly kind: 'increment'; readonly by: number } | { readonly kind: 'database-time'; readonly plusMs: number };

/** Adds `by` to the column, in the database. */
export const increment = (by: number): Change => ({ kind: 'increment', by });

/** Sets the column to the database's clock_timestamp() plus `plusMs`. */
export const databaseTime = (plusMs = 0): Change => ({ kind: 'database-time', plusMs });

/** A conjunction over columns; `null` matches SQL NULL. */
export type Where<T extends TableName> = { readonly [C in keyof RowOf<T>]?: RowOf<T>[C] | Condition };

/** The columns to set. */
export type Changes<T extends TableName> = { readonly [C in keyof RowOf<T>]?: RowOf<T>[C] | Change };

/** The columns of a new row; the rest take the database's defaults. */
export type NewRow<T extends TableName> = { readonly [C in keyof RowOf<T>]?: RowOf<T>[C] | Change };

/**
 * One READ COMMITTED transaction. Every verb is one statement with one snapshot. A statement error aborts the transaction: the
 * verb rejects, and `Store.transaction` answers `rolled-back` with its SQL state.
 */
export interface Transaction {
  select<T extends TableName>(table: T, where: Where<T>, options?: { readonly forUpdate?: true }): Promise<RowOf<T>[]>;
  /** Answers the new row, or undefined when `onConflict: 'ignore'` found one; waits for a concurrent insert of the same key. */
  insert<T extends TableName>(
    table: T,
    row: NewRow<T>,
    options?: { readonly onConflict: 'ignore' },
  ): Promise<RowOf<T> | undefined>;
  /** Blocks on row locks, then re-checks `where` on the newest version. Answers the rows as updated. */
  update<T extends TableName>(table: T, where: Where<T>, changes: Changes<T>): Promise<RowOf<T>[]>;
  /** Answers how many rows were removed. */
  remove<T extends TableName>(table: T, where: Where<T>): Promise<number>;
  /** Takes an advisory lock until the end of the transaction, as a statement of its own. */
  lock(key: string): Promise<void>;
  call<P extends ProcedureName>(procedure: P, args: Procedures[P]['arguments']): Promise<Procedures[P]['result']>;
}

/** How a transaction ended. `unknown`: COMMIT was sent and no answer came. */
export type Outcome<T> =
  | { readonly kind: 'committed'; readonly value: T }
  | { readonly kind: 'rolled-back'; readonly sqlState: string }
  | { readonly kind: 'unknown' };

/** A database as seen by one role. */
export interface Store {
  /**
   * Runs `work` in one transaction. An error thrown by `work` that is not the database's rolls back and is rethrown.
   * `durable: false` commits without waiting for the disk; `readFrom: 'replica'` may see the past.
   */
  transaction<T>(
    work: (tx: Transaction) => Promise<T>,
    options?: { readonly durable?: boolean; readonly readFrom?: 'primary' | 'replica' },
  ): Promise<Outcome<T>>;
}
