// What a statement does in the database: it runs to its end at once, or stops at a wait and continues from there when the wait is over.
import type { TableName } from '../../../../src/contract/tables.ts';
import type { Database } from '../database.ts';
import type { Wait } from '../locks.ts';
import type { ServerTransaction } from '../server-transaction.ts';
import type { StatementError } from '../statement-error.ts';
import type { Table } from '../table.ts';

/** Callbacks of a statement: `done` or `failed` is called once, and `waits` each time it has to wait. */
export interface StoreCommandEnd<R> {
  done(result: R): void;
  failed(error: unknown): void;
  waits?(): void;
}

/** A statement. Its verb and its subject (`about`: a table, a key or a procedure) are the key of decisions about it. */
export interface StoreStatement<R> {
  readonly verb: string;
  readonly about: string;
  begin(end: StoreCommandEnd<R>): void;
}

/** The transaction in which a command runs, and its database. */
export interface Issuer {
  readonly database: Database;
  readonly server: ServerTransaction;
}

/** One statement that can wait for locks. Subclasses do the work in `advance`. */
export abstract class StoreCommand<R> implements StoreStatement<R> {
  abstract readonly verb: string;
  abstract readonly about: string;
  protected readonly database: Database;
  protected readonly server: ServerTransaction;
  /** Its result so far. */
  protected abstract readonly result: R;

  constructor({ database, server }: Issuer) {
    this.database = database;
    this.server = server;
  }

  /** Runs the command to its end or to its next wait, and calls itself again when that wait is over. */
  begin(end: StoreCommandEnd<R>): void {
    let wait: Wait | undefined;
    try {
      wait = this.advance();
    } catch (error) {
      end.failed(error);
      return;
    }
    if (wait === undefined) {
      end.done(this.result);
      return;
    }
    wait.resume = (error?: StatementError) => (error === undefined ? this.begin(end) : end.failed(error));
    end.waits?.();
  }

  /** Continues the command. Returns undefined at its end, or the next wait; a lock that it waited for is held at the next call. */
  protected abstract advance(): Wait | undefined;
}

/** A command on one table. */
export abstract class TableCommand<R> extends StoreCommand<R> {
  readonly about: TableName;
  #table: Table | undefined;

  constructor(issuer: Issuer, name: TableName) {
    super(issuer);
    this.about = name;
  }

  override begin(end: StoreCommandEnd<R>): void {
    this.database.looksAt(this.about, this.server);
    super.begin(end);
  }

  /** The table. It is made on first use, so not before the statement reaches the database. */
  protected get table(): Table {
    return (this.#table ??= this.database.table(this.about));
  }
}
