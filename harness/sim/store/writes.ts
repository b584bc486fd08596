// Writing one row: its draft, and the entries in the unique indexes, which wait for rivals whose transactions are open.
import type { Database } from './database.ts';
import type { LockOwner, Wait } from './locks.ts';
import type { StoredRow } from './row.ts';
import type { RowVersions, ServerTransaction } from './server-transaction.ts';
import { SQL_STATES, StatementError } from './statement-error.ts';
import type { UniqueIndex } from './table.ts';
import { assertAllowed } from './table-shape.ts';

/** Another row with the same key: it is there, or it depends on a transaction that is still open. */
export type Rival = { readonly kind: 'there' } | { readonly kind: 'open'; readonly transaction: LockOwner };

/**
 * Writes a row and answers the indexes that it has yet to enter. As in PostgreSQL the row is there first, so that others already wait
 * for it while it waits for a rival in one of them.
 */
export function draftRow(database: Database, tx: ServerTransaction, versions: RowVersions): readonly UniqueIndex[] {
  const { table, before, after } = versions;
  if (after !== undefined) assertAllowed(table.shape, after);
  draft(database, tx, versions);
  if (after === undefined) return NO_INDEXES;
  if (before === undefined) return table.indexes;
  const changed = (index: UniqueIndex): boolean => index.tellsApart(before, after);
  return table.indexes.some(changed) ? table.indexes.filter(changed) : NO_INDEXES;
}

const NO_INDEXES: readonly UniqueIndex[] = [];

/** A new version of a row on its way into indexes. */
export interface IndexEntry {
  readonly versions: RowVersions;
  readonly row: StoredRow;
  readonly indexes: readonly UniqueIndex[];
  /** The first index that it has not entered yet. */
  next: number;
}

/** Enters a row that has been drafted into indexes, one after the other; answers the wait for a rival that has to end before it goes on. */
export function enterIndexes(database: Database, tx: ServerTransaction, entry: IndexEntry): Wait | undefined {
  const { versions, row, indexes } = entry;
  for (let index = indexes[entry.next]; index !== undefined; index = indexes[entry.next]) {
    const rival = rivalIn(tx, index, entry);
    if (rival !== undefined) {
      if (rival.kind === 'open') return database.locks.awaitEnd(tx, rival.transaction);
      const { name } = versions.table.shape;
      throw new StatementError(SQL_STATES.unique, `${name} (${index.columns.join(', ')}) is taken`);
    }
    index.add(versions.versioned, row);
    entry.next += 1;
  }
  return undefined;
}

/** Enters a row for which no index holds a rival. */
export function enterAll({ versions, row, indexes }: IndexEntry): void {
  for (const index of indexes) index.add(versions.versioned, row);
}

/** Makes a version the draft of its row. */
export function draft(database: Database, tx: ServerTransaction, versions: RowVersions): void {
  const { versioned, table, after } = versions;
  // A new row is locked by who makes it; any other is locked already.
  database.locks.take(tx, versioned);
  if (versioned.committed === undefined && !versioned.isDrafted) table.versionedRows.push(versioned);
  versioned.draft = after;
  versioned.isDrafted = true;
  tx.changes.push(versions);
}

/** The first rival in any of the indexes. */
export function rivalInAny(tx: ServerTransaction, entry: IndexEntry): Rival | undefined {
  for (const index of entry.indexes) {
    const rival = rivalIn(tx, index, entry);
    if (rival !== undefined) return rival;
  }
  return undefined;
}

/**
 * A row that another transaction has changed counts as open with any new values, as in PostgreSQL: even a change that leaves the key alone
 * is waited for. One that is merely locked is there.
 */
function rivalIn(tx: ServerTransaction, index: UniqueIndex, { versions, row }: IndexEntry): Rival | undefined {
  for (const other of index.sharing(row)) {
    if (other === versions.versioned) continue;
    if (other.isDrafted && other.holder !== undefined && other.holder !== tx) {
      return { kind: 'open', transaction: other.holder };
    }
    const version = other.visibleTo(tx);
    if (version !== undefined && !index.tellsApart(version, row)) return { kind: 'there' };
  }
  return undefined;
}
