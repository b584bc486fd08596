// The simulated database itself: tables, locks and the statements of READ COMMITTED over them, without any notion of clients or time
// on the way. A statement's snapshot is what is committed, or drafted by its own transaction, at the moment it begins.
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

/** What a database is made of. */
export interface DatabaseOptions {
  readonly host: SimStoreHost;
  readonly privileges: Privileges;
  readonly parts: StoreParts;
}

/** It only remembers how it wrote the last minute, and all runs begin in the same one. */
const TIME = new DatabaseTime();

/** The rows that runs began with: those of one scenario all begin with the same. */
const SEEDED = new WeakMap<
  ChangeClause,
  { readonly shape: TableShape; readonly micros: number; readonly row: StoredRow }
>();

/** One database. */
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

  /** The table of this name, made when it is first asked for: a run of one message uses half of them. */
  table(name: TableName): Table {
    return (this.#tables[name] ??= new Table(name));
  }

  /** The rows of a table, without making one that was never asked for. */
  versionedRows(name: TableName): readonly VersionedRow[] {
    return this.#tables[name]?.versionedRows ?? [];
  }

  /** Tells that a statement looks at a table now: at what is committed, or on a lagging replica was. */
  looksAt(name: TableName, { lagMicros }: ServerTransaction): void {
    const { nowMicros } = this.#host.engine.clock;
    this.#host.onLook(name, nowMicros);
    if (lagMicros > 0) this.#host.onLook(name, nowMicros - lagMicros);
  }

  /** Puts a row in place outside of any transaction. */
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

  /** A row with its defaults. */
  newRow({ shape }: Table, clause: ChangeClause): StoredRow {
    const { clock } = this;
    const row = shape.copy(shape.template);
    for (const column of shape.timed) row[column] = clock.after(0);
    setColumns(shape, row, { clause, clock });
    return row;
  }

  /** What one statement makes of a row, now. */
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

  /** The rows of a table that were committed so long ago. */
  committedBefore(table: Table, lagMicros: number): StoredRow[] {
    return this.#commits.rowsAt(table, this.#host.engine.clock.nowMicros - lagMicros);
  }

  /** Makes all changes of a transaction visible at once, tells the audit, and lets others go on. */
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
      for (const change of tx.changes) this.#tell(tx, change);
      this.#clearUp(tx);
    }
    this.locks.release(tx);
  }

  /** Takes all changes of a transaction back. A second time has no effect. */
  rollBack(tx: ServerTransaction): void {
    if (tx.isOver) return;
    tx.isOver = true;
    for (const { versioned } of tx.changes) this.parts.rollBack(versioned);
    this.#clearUp(tx);
    this.locks.release(tx);
  }

  /** The same clause for the same table at the same time makes the same row: a version never changes, so runs may share it. */
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

  #tell(tx: ServerTransaction, { table, before, after, atMicros }: RowVersions): void {
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
