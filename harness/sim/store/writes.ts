// Writing one row: the draft in its slot, and the entries in the unique indexes, which wait for rivals whose transactions are open.
import type { Database } from './database.ts';
import type { LockOwner } from './locks.ts';
import type { Row, Slot } from './row.ts';
import type { RowVersions, ServerTransaction } from './server-transaction.ts';
import { SQL_STATES, StatementError } from './statement-error.ts';
import type { Steps } from './steps.ts';
import type { Table, UniqueIndex } from './table.ts';
import { assertAllowed } from './table-shape.ts';

/** Another row with the same key: it is there, or it depends on a transaction that is still open. */
type Rival = { readonly kind: 'there' } | { readonly kind: 'open'; readonly transaction: LockOwner };

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

/** Enters a row that has been drafted into indexes, one after the other, each once no rival is left. */
export function* enterIndexes(
  database: Database,
  tx: ServerTransaction,
  entry: { versions: RowVersions; indexes: readonly UniqueIndex[] },
): Steps<void> {
  const { slot, table, after } = entry.versions;
  if (after === undefined) return;
  for (const index of entry.indexes) {
    for (;;) {
      const rival = rivalIn(tx, index, { slot, row: after });
      if (rival === undefined) break;
      if (rival.kind === 'there') {
        throw new StatementError(SQL_STATES.unique, `${table.shape.name} (${index.columns.join(', ')}) is taken`);
      }
      yield database.locks.awaitEnd(tx, rival.transaction);
    }
    index.add(slot, after);
  }
}

/** Writes a new row unless one with a key of it is there; false if so. Waits for rivals to end before it decides. */
export function* writeRowUnlessThere(database: Database, tx: ServerTransaction, versions: RowVersions): Steps<boolean> {
  const { table, slot, after } = versions;
  if (after === undefined) return false;
  assertAllowed(table.shape, after);
  let rival = rivalInAny(tx, table, { slot, row: after });
  while (rival !== undefined) {
    if (rival.kind === 'there' || database.parts.aboutOpenRival() === 'ignore') return false;
    yield database.locks.awaitEnd(tx, rival.transaction);
    rival = rivalInAny(tx, table, { slot, row: after });
  }
  draft(database, tx, versions);
  for (const index of table.indexes) index.add(slot, after);
  return true;
}

function draft(database: Database, tx: ServerTransaction, versions: RowVersions): void {
  const { slot, table, after } = versions;
  // A new row is locked by who makes it; any other is locked already.
  database.locks.take(tx, slot);
  table.slots.add(slot);
  slot.draft = after;
  slot.isDrafted = true;
  tx.changes.push(versions);
}

function rivalInAny(tx: ServerTransaction, table: Table, candidate: { slot: Slot; row: Row }): Rival | undefined {
  for (const index of table.indexes) {
    const rival = rivalIn(tx, index, candidate);
    if (rival !== undefined) return rival;
  }
  return undefined;
}

/**
 * A row that another transaction has changed counts as open whatever it made of it, as in PostgreSQL: even a change that leaves the key
 * alone is waited for. One that is merely locked is there.
 */
function rivalIn(
  tx: ServerTransaction,
  index: UniqueIndex,
  { slot, row }: { slot: Slot; row: Row },
): Rival | undefined {
  for (const other of index.sharing(row)) {
    if (other === slot) continue;
    if (other.isDrafted && other.holder !== undefined && other.holder !== tx) {
      return { kind: 'open', transaction: other.holder };
    }
    const version = other.visibleTo(tx);
    if (version !== undefined && !index.tellsApart(version, row)) return { kind: 'there' };
  }
  return undefined;
}
