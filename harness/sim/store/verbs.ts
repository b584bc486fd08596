// The verbs of the store port, translated into statements of the database. Subclasses decide how a statement gets to the database: from a
// client with a delay, or from a procedure inside the database at once.
import type { ProcedureName, Procedures } from '../../../src/contract/authority.ts';
import type { Changes, NewRow, Transaction, Where } from '../../../src/contract/store.ts';
import type { RowOf, TableName } from '../../../src/contract/tables.ts';
import type { Issuer, StoreStatement } from './commands/command.ts';
import { Insert } from './commands/insert.ts';
import { LockKey } from './commands/lock-key.ts';
import { Remove } from './commands/remove.ts';
import { Select } from './commands/select.ts';
import { Update } from './commands/update.ts';
import type { ChangeClause, WhereClause } from './conditions.ts';
import type { Database } from './database.ts';
import type { StoredRow } from './row.ts';
import type { ServerTransaction } from './server-transaction.ts';

/** The verbs of one transaction. */
export abstract class Verbs implements Transaction, Issuer {
  readonly database: Database;
  readonly server: ServerTransaction;

  constructor(database: Database, server: ServerTransaction) {
    this.database = database;
    this.server = server;
  }

  /** Runs one statement. */
  protected abstract run<R>(statement: StoreStatement<R>): Promise<R>;

  abstract call<P extends ProcedureName>(
    procedure: P,
    args: Procedures[P]['arguments'],
  ): Promise<Procedures[P]['result']>;

  select<T extends TableName>(table: T, where: Where<T>, options?: { readonly forUpdate?: true }): Promise<RowOf<T>[]> {
    const reading = { where: where as WhereClause, forUpdate: options?.forUpdate === true };
    return typed(this.run<StoredRow[]>(new Select(this, table, reading)));
  }

  insert<T extends TableName>(
    table: T,
    row: NewRow<T>,
    options?: { readonly onConflict?: 'ignore' },
  ): Promise<RowOf<T> | undefined> {
    const writing = { row: row as ChangeClause, ignoresConflicts: options?.onConflict === 'ignore' };
    return typed(this.run<StoredRow | undefined>(new Insert(this, table, writing)));
  }

  update<T extends TableName>(table: T, where: Where<T>, changes: Changes<T>): Promise<RowOf<T>[]> {
    const changing = { where: where as WhereClause, changes: changes as ChangeClause };
    return typed(this.run<StoredRow[]>(new Update(this, table, changing)));
  }

  remove<T extends TableName>(table: T, where: Where<T>): Promise<number> {
    return this.run(new Remove(this, table, where as WhereClause));
  }

  lock(key: string): Promise<void> {
    return this.run(new LockKey(this, key));
  }
}

/** The database has one type for the rows of all tables. The cast is safe: the table of a statement determines the columns of its rows. */
function typed<R>(rows: Promise<unknown>): Promise<R> {
  return rows as Promise<R>;
}
