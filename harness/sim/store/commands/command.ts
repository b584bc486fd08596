// What a statement does in the database: it runs through at once, or stops at a wait and goes on where it was when the wait is over.
import type { TableName } from '../../../../src/contract/tables.ts';
import type { Database } from '../database.ts';
import type { Wait } from '../locks.ts';
import type { ServerTransaction } from '../server-transaction.ts';
import type { StatementError } from '../statement-error.ts';
import type { Table } from '../table.ts';

/** What to do when a statement has ended, and when it has to wait. */
export interface StoreCommandEnd<R> {
  done(result: R): void;
  failed(error: unknown): void;
  waits?(): void;
}

/** A statement as the database takes it: its verb, and what that is about, for decisions; and what it does. */
export interface StoreStatement<R> {
  readonly verb: string;
  readonly about: string;
  begin(end: StoreCommandEnd<R>): void;
}

/** In whose transaction a command runs, and where. */
export interface Issuer {
  readonly database: Database;
  readonly server: ServerTransaction;
}

/** One command. */
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

  /** Runs as far as it goes, now, and the rest whenever a wait is over. */
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

  /** Goes on from where it is: to its end, or to a wait that it has to sit out. What it waited for it holds when it is called again. */
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

  /** The table; asked for no earlier than the statement is carried out. */
  protected get table(): Table {
    return (this.#table ??= this.database.table(this.about));
  }
}
