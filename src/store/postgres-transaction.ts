// One transaction on one connection. Each verb is one statement, in the order of the calls; the first error aborts the transaction.
import assert from 'node:assert/strict';
import { type ClientBase, DatabaseError, type QueryResult } from 'pg';
import type { ProcedureName, Procedures } from '../contract/authority.ts';
import type { Changes, NewRow, Transaction, Where } from '../contract/store.ts';
import type { RowOf, TableName } from '../contract/tables.ts';
import {
  callStatement,
  insertStatement,
  lockStatement,
  removeStatement,
  type Statement,
  selectStatement,
  updateStatement,
} from './statements.ts';

/** The SQL state of a lost connection. No server is left to report one, so the client uses this one. */
export const CONNECTION_LOST = '08006';

/** A verb rejects with this error if the database refuses its statement or the connection is lost. */
export class StatementError extends Error {
  readonly sqlState: string;

  constructor(cause: unknown) {
    const sqlState = sqlStateOf(cause);
    super(`the transaction is aborted: ${sqlState}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.name = 'StatementError';
    this.sqlState = sqlState;
  }
}

/** The SQL state of an error of pg. An error that the server did not send counts as a lost connection. */
export function sqlStateOf(error: unknown): string {
  return error instanceof DatabaseError && error.code !== undefined ? error.code : CONNECTION_LOST;
}

/** A transaction that has begun on `client`. Once a statement fails, all later ones fail with the same error and are not sent. */
export class PostgresTransaction implements Transaction {
  readonly #client: ClientBase;
  #tail: Promise<unknown> = Promise.resolve();
  #failure: StatementError | undefined;
  #ended = false;

  constructor(client: ClientBase) {
    this.#client = client;
  }

  /** The error that aborted the transaction, even if the work caught it. */
  get failure(): StatementError | undefined {
    return this.#failure;
  }

  /** Waits for statements that the work started without awaiting them, and refuses any further statement. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#tail;
  }

  async select<T extends TableName>(
    table: T,
    where: Where<T>,
    options: { readonly forUpdate?: true } = {},
  ): Promise<RowOf<T>[]> {
    return (await this.#run(selectStatement(table, where, options))).rows as RowOf<T>[];
  }

  async insert<T extends TableName>(
    table: T,
    row: NewRow<T>,
    options: { readonly onConflict?: 'ignore' } = {},
  ): Promise<RowOf<T> | undefined> {
    return (await this.#run(insertStatement(table, row, options))).rows[0] as RowOf<T> | undefined;
  }

  async update<T extends TableName>(table: T, where: Where<T>, changes: Changes<T>): Promise<RowOf<T>[]> {
    return (await this.#run(updateStatement(table, where, changes))).rows as RowOf<T>[];
  }

  async remove<T extends TableName>(table: T, where: Where<T>): Promise<number> {
    return (await this.#run(removeStatement(table, where))).rowCount ?? 0;
  }

  async lock(key: string): Promise<void> {
    await this.#run(lockStatement(key));
  }

  async call<P extends ProcedureName>(
    procedure: P,
    args: Procedures[P]['arguments'],
  ): Promise<Procedures[P]['result']> {
    const [row] = (await this.#run(callStatement(procedure, args))).rows as { result: Procedures[P]['result'] }[];
    assert(row !== undefined, `${procedure} answered no row`);
    return row.result;
  }

  /** Runs statements one at a time, in the order of the calls: pg can run only one at a time on a connection. */
  #run(statement: Statement): Promise<QueryResult<Record<string, unknown>>> {
    assert(!this.#ended, 'a verb was called after its transaction had ended');
    const result = this.#tail.then(() => this.#send(statement));
    this.#tail = result.catch(() => undefined);
    return result;
  }

  async #send(statement: Statement): Promise<QueryResult<Record<string, unknown>>> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return await this.#client.query<Record<string, unknown>>(statement.text, statement.values);
    } catch (error) {
      this.#failure = new StatementError(error);
      throw this.#failure;
    }
  }
}
