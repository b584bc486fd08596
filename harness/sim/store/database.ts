// The simulated database itself: tables, locks and the statements of READ COMMITTED over them, without any notion of clients or time
// on the way. A statement's snapshot is what is committed, or drafted by its own transaction, at the moment it begins.
import type { RowOf, TableName } from '../../../src/contract/tables.ts';
import type { SimStoreHost } from '../store-port.ts';
import { type ChangeClause, changed, meets, type StatementClock, type WhereClause } from './conditions.ts';
import { DatabaseTime } from './database-time.ts';
import { Locks } from './locks.ts';
import type { LockedRow, StoreParts } from './parts.ts';
import type { Privileges } from './privileges.ts';
import { Past } from './past.ts';
import { type Row, Slot } from './row.ts';
import type { RowVersions, ServerTransaction } from './server-transaction.ts';
import type { Steps } from './steps.ts';
import { Table } from './table.ts';
import { draftRow, enterIndexes, writeRowUnlessThere } from './writes.ts';

/** What a database is made of. */
export interface DatabaseOptions {
  readonly host: SimStoreHost;
  readonly privileges: Privileges;
  readonly parts: StoreParts;
}

/** A row that a statement has found, in the version its snapshot saw. */
interface Found {
  readonly slot: Slot;
  readonly seen: Row;
}

/** It only remembers how it wrote the last minute, and all runs begin in the same one. */
const TIME = new DatabaseTime();

const READ = ['SELECT'] as const;
const READ_AND_LOCK = ['SELECT', 'UPDATE'] as const;
// What is written is also answered, which takes the right to read it.
const INSERT = ['INSERT', 'SELECT'] as const;
const DELETE = ['DELETE', 'SELECT'] as const;
const DELETE_ALL = ['DELETE'] as const;

/** One database. */
export class Database {
  readonly locks: Locks;
  readonly parts: StoreParts;
  readonly privileges: Privileges;
  readonly clock: StatementClock;
  readonly #host: SimStoreHost;
  readonly #tables: { [T in TableName]?: Table } = {};
  readonly #past = new Past();
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

  /** Puts a row in place outside of any transaction. */
  seed(name: TableName, row: ChangeClause): void {
    const table = this.table(name);
    const seeded = this.newRow(table, row);
    table.seed(new Slot(seeded), seeded);
  }

  /** Copies of the committed rows of a table. */
  committed<T extends TableName>(name: T): RowOf<T>[] {
    const rows: Row[] = [];
    const { slots, shape } = this.table(name);
    for (const { committed } of slots) if (committed !== undefined) rows.push(shape.copy(committed));
    return rows as unknown as RowOf<T>[];
  }

  /** A row with its defaults. */
  newRow({ shape }: Table, clause: ChangeClause): Row {
    const { clock } = this;
    const { template, timed } = shape;
    if (timed.length === 0) return changed(shape, template, { clause, clock });
    const now = clock.after(0);
    const withTimes = shape.copy(template);
    for (const column of timed) withTimes[column] = now;
    return changed(shape, withTimes, { clause, clock });
  }

  /** Reads rows in the order of the primary key, and locks them in that order if told to. */
  *select(tx: ServerTransaction, name: TableName, options: { where: WhereClause; forUpdate: boolean }): Steps<Row[]> {
    const { where, forUpdate } = options;
    this.privileges.assertTable(tx.role, name, forUpdate ? READ_AND_LOCK : READ);
    const table = this.table(name);
    if (tx.lagMicros > 0 && !forUpdate) return this.#readPast(tx, table, where);
    const found = table.inOrder(this.#find(tx, table, where), ({ seen }) => seen);
    const rows: Row[] = [];
    for (const { slot, seen } of found) {
      if (forUpdate) {
        const wait = this.locks.take(tx, slot);
        if (wait !== undefined) yield wait;
      }
      const row = forUpdate ? this.parts.readUnderLock(this.#locked(tx, { slot, seen, where })) : seen;
      if (row !== undefined) rows.push(table.shape.copy(row));
    }
    return rows;
  }

  /** Inserts a row and answers it; undefined when it ignores conflicts and found one. */
  *insert(
    tx: ServerTransaction,
    name: TableName,
    options: { row: ChangeClause; ignoresConflicts: boolean },
  ): Steps<Row | undefined> {
    this.privileges.assertTable(tx.role, name, INSERT);
    const table = this.table(name);
    const row = this.newRow(table, options.row);
    const versions = this.#versions({ table, slot: new Slot(undefined) }, undefined, row);
    if (options.ignoresConflicts) {
      if (!(yield* writeRowUnlessThere(this, tx, versions))) return undefined;
    } else yield* enterIndexes(this, tx, { versions, indexes: draftRow(this, tx, versions) });
    return table.shape.copy(row);
  }

  /** Changes rows one after the other and answers them as changed. */
  *update(
    tx: ServerTransaction,
    name: TableName,
    options: { where: WhereClause; changes: ChangeClause },
  ): Steps<Row[]> {
    this.privileges.assertTable(tx.role, name, READ_AND_LOCK);
    const { where, changes: clause } = options;
    const table = this.table(name);
    const rows: Row[] = [];
    for (const { slot, seen } of this.#find(tx, table, where)) {
      const wait = this.locks.take(tx, slot);
      if (wait !== undefined) yield wait;
      const base = this.parts.changeUnderLock(this.#locked(tx, { slot, seen, where }));
      if (base === undefined) continue;
      const after = changed(table.shape, base, { clause, clock: this.clock });
      const versions = this.#versions({ table, slot }, slot.visibleTo(tx), after);
      const indexes = draftRow(this, tx, versions);
      if (indexes.length > 0) yield* enterIndexes(this, tx, { versions, indexes });
      rows.push(table.shape.copy(after));
    }
    return rows;
  }

  /** Removes rows and answers how many. */
  *remove(tx: ServerTransaction, name: TableName, where: WhereClause): Steps<number> {
    this.privileges.assertTable(tx.role, name, Object.keys(where).length > 0 ? DELETE : DELETE_ALL);
    const table = this.table(name);
    let removed = 0;
    for (const { slot, seen } of this.#find(tx, table, where)) {
      const wait = this.locks.take(tx, slot);
      if (wait !== undefined) yield wait;
      const base = this.parts.changeUnderLock(this.#locked(tx, { slot, seen, where }));
      if (base === undefined) continue;
      draftRow(this, tx, this.#versions({ table, slot }, base, undefined));
      removed += 1;
    }
    return removed;
  }

  /** Takes an advisory lock. */
  *lockKey(tx: ServerTransaction, key: string): Steps<void> {
    const wait = this.locks.takeKey(tx, key);
    if (wait !== undefined) yield wait;
  }

  /** Makes all changes of a transaction visible at once, tells the audit, and lets others go on. */
  commit(tx: ServerTransaction): void {
    if (tx.isOver) return;
    tx.isOver = true;
    for (const { slot } of tx.changes) {
      if (!slot.isDrafted) continue;
      slot.committed = slot.draft;
      slot.draft = undefined;
      slot.isDrafted = false;
    }
    if (tx.changes.length > 0) {
      this.#transactions += 1;
      this.#past.remember(tx.changes, this.#host.engine.clock.nowMicros);
      for (const change of tx.changes) this.#tell(tx, change);
      this.#clearUp(tx);
    }
    this.locks.release(tx);
  }

  /** Takes all changes of a transaction back. A second time has no effect. */
  rollBack(tx: ServerTransaction): void {
    if (tx.isOver) return;
    tx.isOver = true;
    for (const { slot } of tx.changes) this.parts.rollBack(slot);
    this.#clearUp(tx);
    this.locks.release(tx);
  }

  #clearUp(tx: ServerTransaction): void {
    for (const change of tx.changes) change.table.settle(change.slot, change);
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
    this.#host.recordRow(
      {
        kind: 'row',
        table: name,
        operation,
        key,
        before: before ?? null,
        after: after ?? null,
        role: tx.roleName,
        transaction: String(this.#transactions),
      },
      atMicros,
    );
  }

  #find(tx: ServerTransaction, table: Table, where: WhereClause): Found[] {
    const found: Found[] = [];
    for (const slot of table.candidates(where)) {
      const seen = slot.visibleTo(tx);
      if (seen !== undefined && meets(seen, where, this.clock)) found.push({ slot, seen });
    }
    return found;
  }

  /** A row that has just been locked: after a wait others may have changed it. */
  #locked(tx: ServerTransaction, { slot, seen, where }: Found & { where: WhereClause }): LockedRow {
    return { seen, newest: slot.visibleTo(tx), meets: (row) => meets(row, where, this.clock) };
  }

  #readPast(tx: ServerTransaction, table: Table, where: WhereClause): Row[] {
    const atMicros = this.#host.engine.clock.nowMicros - tx.lagMicros;
    const rows = this.#past.rowsAt(table, atMicros).filter((row) => meets(row, where, this.clock));
    return table.inOrder(rows, (row) => row).map((row) => Object.assign({}, row));
  }

  #versions(place: Pick<RowVersions, 'table' | 'slot'>, before: Row | undefined, after: Row | undefined): RowVersions {
    return { table: place.table, slot: place.slot, before, after, atMicros: this.#host.engine.clock.nowMicros };
  }
}
