// The simulated database itself: its tables, locks and commits under READ COMMITTED. It knows nothing of clients and of the time that
// statements take to reach it. A statement's snapshot is what is committed, or drafted by its own transaction, when the statement begins.
import type { RowOf, TableName } from '../../../src/contract/tables.ts';
import type { SimStoreHost } from '../store-port.ts';
import { type ChangeClause, setColumns, type StatementClock } from './conditions.ts';
import { DatabaseTime } from './database-time.ts';
import { Locks } from './locks.ts';
import type { StoreParts } from './parts.ts';
import type { Privileges } from './privileges.ts';
import { CommitLog } from './commit-log.ts';
import { type StoredRow, VersionedRow } from './row.ts';
import type { RowVersions, ServerTransaction } from './server-transaction.ts';
import { Table } from './table.ts';
import type { TableShape } from './table-shape.ts';

/** What a database needs. */
export interface DatabaseOptions {
  readonly host: SimStoreHost;
  readonly privileges: Privileges;
  readonly parts: StoreParts;
}

/** Shared by all runs: its only state is the text of the last minute, and all runs begin in the same minute. */
const TIME = new DatabaseTime();

/** The seeded rows, by the clause that made them: all runs of a scenario begin with the same rows. */
const SEEDED = new WeakMap<
  ChangeClause,
  { readonly shape: TableShape; readonly micros: number; readonly row: StoredRow }
>();

/** The database of one run. */
export class Database {
  readonly locks: Locks;
  readonly parts: StoreParts;
  readonly privileges: Privileges;
  readonly clock: StatementClock;
  readonly #host: SimStoreHost;
  readonly #tables: { [T in TableName]?: Table } = {};
  readonly #commits = new CommitLog();
  #transactions = 0;

  constructor({ host, privileges, parts }: DatabaseOptions) {
    this.#host = host;
    this.privileges = privileges;
    this.parts = parts;
    this.locks = new Locks(host.engine);
    this.clock = { after: (ms) => TIME.text(host.databaseMicros() + Math.round(ms * 1_000)) };
  }

  /** The table of this name, made on first use: a run of one message uses half of the tables. */
  table(name: TableName): Table {
    return (this.#tables[name] ??= new Table(name));
  }

  /** The rows of a table. Does not make the table if it was never used. */
  versionedRows(name: TableName): readonly VersionedRow[] {
    return this.#tables[name]?.versionedRows ?? [];
  }

  /** Reports that a statement looks at a table now; on a lagging replica it looks at an earlier moment too. */
  looksAt(name: TableName, { lagMicros }: ServerTransaction): void {
    const { nowMicros } = this.#host.engine.clock;
    this.#host.onLook(name, nowMicros);
    if (lagMicros > 0) this.#host.onLook(name, nowMicros - lagMicros);
  }

  /** Inserts a committed row outside of any transaction. */
  seed(name: TableName, clause: ChangeClause): void {
    const table = this.table(name);
    const row = this.#seeded(table, clause);
    table.seed(new VersionedRow(row), row);
  }

  /** Copies of the committed rows of a table. */
  committed<T extends TableName>(name: T): RowOf<T>[] {
    const rows: StoredRow[] = [];
    const { versionedRows, shape } = this.table(name);
    for (const { committed } of versionedRows) if (committed !== undefined) rows.push(shape.copy(committed));
    return rows as unknown as RowOf<T>[];
  }

  /** Makes a row from a clause and the defaults of its table. */
  newRow({ shape }: Table, clause: ChangeClause): StoredRow {
    const { clock } = this;
    const row = shape.copy(shape.template);
    for (const column of shape.timed) row[column] = clock.after(0);
    setColumns(shape, row, { clause, clock });
    return row;
  }

  /** The change that one statement makes to a row now. */
  versions(
    place: Pick<RowVersions, 'table' | 'versioned'>,
    before: StoredRow | undefined,
    after: StoredRow | undefined,
  ): RowVersions {
    return {
      table: place.table,
      versioned: place.versioned,
      before,
      after,
      atMicros: this.#host.engine.clock.nowMicros,
    };
  }

  /** The rows of a table that were committed `lagMicros` ago. */
  committedBefore(table: Table, lagMicros: number): StoredRow[] {
    return this.#commits.rowsAt(table, this.#host.engine.clock.nowMicros - lagMicros);
  }

  /** Makes all changes of a transaction visible at once, reports them to the audit, and releases its locks. */
  commit(tx: ServerTransaction): void {
    if (tx.isOver) return;
    tx.isOver = true;
    for (const { versioned } of tx.changes) {
      if (!versioned.isDrafted) continue;
      versioned.committed = versioned.draft;
      versioned.draft = undefined;
      versioned.isDrafted = false;
    }
    if (tx.changes.length > 0) {
      this.#transactions += 1;
      this.#commits.remember(tx.changes, this.#host.engine.clock.nowMicros);
      for (const change of tx.changes) this.#report(tx, change);
      this.#clearUp(tx);
    }
    this.locks.release(tx);
  }

  /** Undoes all changes of a transaction and releases its locks. This has no effect on a transaction that is over. */
  rollBack(tx: ServerTransaction): void {
    if (tx.isOver) return;
    tx.isOver = true;
    for (const { versioned } of tx.changes) this.parts.rollBack(versioned);
    this.#clearUp(tx);
    this.locks.release(tx);
  }

  /** Reuses the row that the same clause made for the same table at the same time: a version never changes, so runs can share it. */
  #seeded(table: Table, clause: ChangeClause): StoredRow {
    const micros = this.#host.databaseMicros();
    const { shape } = table;
    const known = SEEDED.get(clause);
    if (known?.micros === micros && known.shape === shape) return known.row;
    const row = this.newRow(table, clause);
    SEEDED.set(clause, { shape, micros, row });
    return row;
  }

  #clearUp(tx: ServerTransaction): void {
    for (const change of tx.changes) change.table.settle(change.versioned, change);
  }

  #report(tx: ServerTransaction, { table, before, after, atMicros }: RowVersions): void {
    const operation = before === undefined ? 'insert' : after === undefined ? 'delete' : 'update';
    const { name, primaryKey } = table.shape;
    const keyed = after ?? before;
    const [first] = primaryKey;
    const key =
      primaryKey.length === 1 && first !== undefined
        ? String(keyed?.[first])
        : primaryKey.map((column) => String(keyed?.[column])).join('/');
    this.#host.recordRow({
      kind: 'row',
      statementEarliest: atMicros,
      table: name,
      operation,
      key,
      before: before ?? null,
      after: after ?? null,
      role: tx.roleName,
      transaction: String(this.#transactions),
    });
  }
}
