// One table: its rows and its unique indexes. An index names a row under every key that any version of it has had since the last commit,
// so that an insert finds the rivals whose fate is still open.
import assert from 'node:assert/strict';
import type { Row, Slot } from './row.ts';
import type { WhereClause } from './conditions.ts';
import { SHAPES, type TableShape } from './table-shape.ts';
import type { TableName } from '../../../src/contract/tables.ts';

type Key = string | number | boolean;

const NO_SLOTS: readonly Slot[] = [];

/** A unique index over one or more columns. Rows with NULL in one of them are not in it. */
export class UniqueIndex {
  readonly columns: readonly string[];
  readonly #slots = new Map<Key, Slot[]>();

  constructor(columns: readonly string[]) {
    this.columns = columns;
  }

  /** The rows that have, or may come to have, the key of this one. */
  sharing(row: Row): readonly Slot[] {
    const key = this.#keyOf(row);
    return (key === undefined ? undefined : this.#slots.get(key)) ?? NO_SLOTS;
  }

  /** The rows that a clause can mean when it names the whole key; undefined when it does not. */
  named(where: WhereClause): readonly Slot[] | undefined {
    for (const column of this.columns) {
      const wanted = where[column];
      if (wanted === undefined || typeof wanted === 'object') return undefined;
    }
    return this.sharing(where as Row);
  }

  /** Whether two versions have different keys. */
  tellsApart(a: Row, b: Row): boolean {
    for (const column of this.columns) if (a[column] !== b[column]) return true;
    return false;
  }

  /** Names a row under the key of one of its versions. */
  add(slot: Slot, version: Row): void {
    const key = this.#keyOf(version);
    if (key === undefined) return;
    const slots = this.#slots.get(key);
    if (slots === undefined) this.#slots.set(key, [slot]);
    else if (!slots.includes(slot)) slots.push(slot);
  }

  /** Forgets a row under the key of a version that is over, unless the committed one still has that key. */
  settle(slot: Slot, version: Row): void {
    if (slot.committed !== undefined && !this.tellsApart(slot.committed, version)) return;
    const key = this.#keyOf(version);
    const slots = key === undefined ? undefined : this.#slots.get(key);
    if (slots !== undefined) forget(slots, slot);
  }

  #keyOf(row: Row): Key | undefined {
    const { columns } = this;
    const [first] = columns;
    if (columns.length === 1 && first !== undefined) return row[first] ?? undefined;
    let key = '';
    for (const column of columns) {
      const cell = row[column] ?? null;
      if (cell === null) return undefined;
      key += `${cell}\n`;
    }
    return key;
  }
}

function forget(slots: Slot[], slot: Slot): void {
  const index = slots.indexOf(slot);
  if (index >= 0) slots.splice(index, 1);
}

/** The rows of one table. */
export class Table {
  readonly shape: TableShape;
  readonly slots: Slot[] = [];
  readonly indexes: readonly UniqueIndex[];

  constructor(name: TableName) {
    assert(name in SHAPES, `expected a table, received '${name}'`);
    this.shape = SHAPES[name];
    this.indexes = this.shape.uniqueKeys.map((columns) => new UniqueIndex(columns));
  }

  /** The rows that can meet a clause: those that an index knows, or all. */
  candidates(where: WhereClause): readonly Slot[] {
    for (const index of this.indexes) {
      const named = index.named(where);
      if (named !== undefined) return named;
    }
    return this.slots;
  }

  /** Puts a committed row in place, before anybody looks. */
  seed(slot: Slot, row: Row): void {
    this.slots.push(slot);
    for (const index of this.indexes) index.add(slot, row);
  }

  /** Clears up after a transaction that made `before` into `after`, once it is known what of it is committed. */
  settle(slot: Slot, { before, after }: { before: Row | undefined; after: Row | undefined }): void {
    if (slot.committed === undefined) forget(this.slots, slot);
    for (const index of this.indexes) {
      if (before !== undefined) index.settle(slot, before);
      if (after !== undefined) index.settle(slot, after);
    }
  }

  /** Orders rows by the primary key, as a select answers them. */
  inOrder<T>(found: readonly T[], rowOf: (item: T) => Row): readonly T[] {
    if (found.length < 2) return found;
    const { primaryKey } = this.shape;
    return found.toSorted((a, b) => {
      for (const column of primaryKey) {
        const [left, right] = [rowOf(a)[column] ?? null, rowOf(b)[column] ?? null];
        if (left === right || left === null || right === null) continue;
        return left < right ? -1 : 1;
      }
      return 0;
    });
  }
}
