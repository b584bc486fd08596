// One table: its rows and its unique indexes. An index lists a row under its committed key and under the keys of all versions that open
// transactions made of it, so that an insert also finds rivals that are not committed yet.
import assert from 'node:assert/strict';
import type { StoredRow, VersionedRow } from './row.ts';
import type { WhereClause } from './conditions.ts';
import { SHAPES, type TableShape } from './table-shape.ts';
import type { TableName } from '../../../src/contract/tables.ts';

type Key = string | number | boolean;

const NO_ROWS: readonly VersionedRow[] = [];

/** A unique index over one or more columns. A row with NULL in one of them is not in it. */
export class UniqueIndex {
  readonly columns: readonly string[];
  readonly #versionedRows = new Map<Key, VersionedRow[]>();

  constructor(columns: readonly string[]) {
    this.columns = columns;
  }

  /** The rows that have the key of this row, or will have it if an open transaction commits or rolls back. */
  sharing(row: StoredRow): readonly VersionedRow[] {
    const key = this.#keyOf(row);
    return (key === undefined ? undefined : this.#versionedRows.get(key)) ?? NO_ROWS;
  }

  /** The rows that can meet a clause that gives a value for every column of the key; undefined for any other clause. */
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

  /** Lists a row under the key of one of its versions. */
  add(versioned: VersionedRow, version: StoredRow): void {
    const key = this.#keyOf(version);
    if (key === undefined) return;
    const versionedRows = this.#versionedRows.get(key);
    if (versionedRows === undefined) this.#versionedRows.set(key, [versioned]);
    else if (!versionedRows.includes(versioned)) versionedRows.push(versioned);
  }

  /** Removes a row from the key of a version that is not current any more, unless the committed version has the same key. */
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

  /** The rows that can meet a clause: those that an index finds, or else all rows. */
  candidates(where: WhereClause): readonly VersionedRow[] {
    for (const index of this.indexes) {
      const named = index.named(where);
      if (named !== undefined) return named;
    }
    return this.versionedRows;
  }

  /** Inserts a committed row before the first statement of the run. */
  seed(versioned: VersionedRow, row: StoredRow): void {
    this.versionedRows.push(versioned);
    for (const index of this.indexes) index.add(versioned, row);
  }

  /** Removes a row, and the index entries of its versions, that are not current any more after the end of a transaction. */
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

  /** Sorts rows by the primary key, the order in which a select returns them. */
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
