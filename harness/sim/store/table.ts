// One table: its rows and its unique indexes. An index names a row under every key that any version of it has had since the last commit,
// so that an insert finds the rivals whose fate is still open.
import assert from 'node:assert/strict';
import type { StoredRow, VersionedRow } from './row.ts';
import type { WhereClause } from './conditions.ts';
import { SHAPES, type TableShape } from './table-shape.ts';
import type { TableName } from '../../../src/contract/tables.ts';

type Key = string | number | boolean;

const NO_ROWS: readonly VersionedRow[] = [];

/** A unique index over one or more columns. Rows with NULL in one of them are not in it. */
export class UniqueIndex {
  readonly columns: readonly string[];
  readonly #versionedRows = new Map<Key, VersionedRow[]>();

  constructor(columns: readonly string[]) {
    this.columns = columns;
  }

  /** The rows that have, or may get, the key of this one. */
  sharing(row: StoredRow): readonly VersionedRow[] {
    const key = this.#keyOf(row);
    return (key === undefined ? undefined : this.#versionedRows.get(key)) ?? NO_ROWS;
  }

  /** The rows that a clause can mean when it names the whole key; undefined when it does not. */
  named(where: WhereClause): readonly VersionedRow[] | undefined {
    for (const column of this.columns) {
      const wanted = where[column];
      if (wanted === undefined || typeof wanted === 'object') return undefined;
    }
    return this.sharing(where as StoredRow);
  }

  /** Whether two versions have different keys. */
  tellsApart(a: StoredRow, b: StoredRow): boolean {
    for (const column of this.columns) if (a[column] !== b[column]) return true;
    return false;
  }

  /** Names a row under the key of one of its versions. */
  add(versioned: VersionedRow, version: StoredRow): void {
    const key = this.#keyOf(version);
    if (key === undefined) return;
    const versionedRows = this.#versionedRows.get(key);
    if (versionedRows === undefined) this.#versionedRows.set(key, [versioned]);
    else if (!versionedRows.includes(versioned)) versionedRows.push(versioned);
  }

  /** Forgets a row under the key of a version that is over, unless the committed one still has that key. */
  settle(versioned: VersionedRow, version: StoredRow): void {
    if (versioned.committed !== undefined && !this.tellsApart(versioned.committed, version)) return;
    const key = this.#keyOf(version);
    const versionedRows = key === undefined ? undefined : this.#versionedRows.get(key);
    if (versionedRows !== undefined) forget(versionedRows, versioned);
  }

  #keyOf(row: StoredRow): Key | undefined {
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

function forget(versionedRows: VersionedRow[], versioned: VersionedRow): void {
  const index = versionedRows.indexOf(versioned);
  if (index >= 0) versionedRows.splice(index, 1);
}

/** The rows of one table. */
export class Table {
  readonly shape: TableShape;
  readonly versionedRows: VersionedRow[] = [];
  readonly indexes: readonly UniqueIndex[];

  constructor(name: TableName) {
    assert(name in SHAPES, `expected a table, received '${name}'`);
    this.shape = SHAPES[name];
    this.indexes = this.shape.uniqueKeys.map((columns) => new UniqueIndex(columns));
  }

  /** The rows that can meet a clause: those that an index knows, or all. */
  candidates(where: WhereClause): readonly VersionedRow[] {
    for (const index of this.indexes) {
      const named = index.named(where);
      if (named !== undefined) return named;
    }
    return this.versionedRows;
  }

  /** Puts a committed row in place, before any statement reads it. */
  seed(versioned: VersionedRow, row: StoredRow): void {
    this.versionedRows.push(versioned);
    for (const index of this.indexes) index.add(versioned, row);
  }

  /** Clears up after a transaction that made `before` into `after`, once it is known what of it is committed. */
  settle(
    versioned: VersionedRow,
    { before, after }: { before: StoredRow | undefined; after: StoredRow | undefined },
  ): void {
    if (versioned.committed === undefined) forget(this.versionedRows, versioned);
    for (const index of this.indexes) {
      if (before !== undefined) index.settle(versioned, before);
      if (after !== undefined) index.settle(versioned, after);
    }
  }

  /** Orders rows by the primary key, as a select answers them. */
  inOrder<T>(found: readonly T[], rowOf: (item: T) => StoredRow): readonly T[] {
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
