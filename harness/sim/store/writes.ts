// Writes one row: drafts its new version and enters it into the unique indexes, where it waits for rivals whose transactions are open.
import type { Database } from './database.ts';
import type { LockOwner, Wait } from './locks.ts';
import type { StoredRow } from './row.ts';
import type { RowVersions, ServerTransaction } from './server-transaction.ts';
import { SQL_STATES, StatementError } from './statement-error.ts';
import type { UniqueIndex } from './table.ts';
import { assertAllowed } from './table-shape.ts';

/** Another row with the same key. `there`: it exists. `open`: its existence depends on a transaction that is still open. */
export type Rival = { readonly kind: 'there' } | { readonly kind: 'open'; readonly transaction: LockOwner };

/**
 * Drafts a row and returns the indexes that it still has to enter. As in PostgreSQL the row exists before it is in the indexes, so other
 * transactions already wait for it while it waits for a rival.
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

/** A new version of a row that is being entered into indexes. */
export interface IndexEntry {
  readonly versions: RowVersions;
  readonly row: StoredRow;
  readonly indexes: readonly UniqueIndex[];
  /** The position in `indexes` of the first index that it has not entered yet. */
  next: number;
}

/**
 * Enters a drafted row into its indexes, one after the other. Returns undefined when it is in all of them, or the wait for a rival's
 * transaction; after that wait the caller calls again. Throws a StatementError if a rival exists.
 */
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

/** Enters a row into all its indexes. The caller has made sure that there is no rival. */
export function enterAll({ versions, row, indexes }: IndexEntry): void {
  for (const index of indexes) index.add(versions.versioned, row);
}

/** Makes the new version the draft of its row, and adds the change to the transaction. */
export function draft(database: Database, tx: ServerTransaction, versions: RowVersions): void {
  const { versioned, table, after } = versions;
  // This locks a new row; the transaction holds the lock of any other row already.
  database.locks.take(tx, versioned);
  if (versioned.committed === undefined && !versioned.isDrafted) table.versionedRows.push(versioned);
  versioned.draft = after;
  versioned.isDrafted = true;
  tx.changes.push(versions);
}

/** The first rival in any of the indexes of an entry; undefined when there is none. */
export function rivalInAny(tx: ServerTransaction, entry: IndexEntry): Rival | undefined {
  for (const index of entry.indexes) {
    const rival = rivalIn(tx, index, entry);
    if (rival !== undefined) return rival;
  }
  return undefined;
}

/**
 * The first rival in one index. As in PostgreSQL, a row that another open transaction has changed is an `open` rival even if the change
 * leaves its key as it is. A row that is only locked is a rival that is `there`.
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
