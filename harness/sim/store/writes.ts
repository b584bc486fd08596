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
 * Writes a row. As in PostgreSQL the row is there first and enters the indexes one after the other, so that others already wait for it
 * while it waits for a rival in the next index. Always true.
 */
export function* writeRow(database: Database, tx: ServerTransaction, versions: RowVersions): Steps<boolean> {
  const { table, slot, before, after } = versions;
  if (after !== undefined) assertAllowed(table.shape, after);
  draft(database, tx, versions);
  if (after === undefined) return true;
  for (const index of table.indexes) {
    if (before !== undefined && !index.tellsApart(before, after)) continue;
    yield* enter(database, tx, { index, slot, row: after, table });
  }
  return true;
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

function* enter(
  database: Database,
  tx: ServerTransaction,
  entry: { index: UniqueIndex; slot: Slot; row: Row; table: Table },
): Steps<void> {
  const { index, slot, row, table } = entry;
  for (;;) {
    const rival = rivalIn(tx, index, { slot, row });
    if (rival === undefined) break;
    if (rival.kind === 'there') {
      throw new StatementError(SQL_STATES.unique, `${table.shape.name} (${index.columns.join(', ')}) is taken`);
    }
    yield database.locks.awaitEnd(tx, rival.transaction);
  }
  index.add(slot, row);
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
