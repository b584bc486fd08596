// Versions of rows, and the row that they are versions of. A version never changes: a statement that changes a row makes a new one, so that
// snapshots, drafts and the audit can share them.
import type { Lockable, LockOwner, Wait } from './locks.ts';

/** One value. */
export type ColumnValue = string | number | boolean | null;

/** One version of a row. */
export type StoredRow = Readonly<Record<string, ColumnValue>>;

/** One row over its life. Its lock belongs to the transaction that drafts the next version, or keeps others from doing so. */
export class VersionedRow implements Lockable {
  /** What every new snapshot sees; undefined before its insertion is committed and after its deletion is. */
  committed: StoredRow | undefined;
  /** What the holder of the lock has made of it; undefined for a deletion. Means nothing unless `isDrafted`. */
  draft: StoredRow | undefined;
  isDrafted = false;
  holder: LockOwner | undefined;
  queue: Wait[] | undefined;

  constructor(committed: StoredRow | undefined) {
    this.committed = committed;
  }

  /** What a statement of this transaction sees. */
  visibleTo(transaction: LockOwner): StoredRow | undefined {
    return this.isDrafted && this.holder === transaction ? this.draft : this.committed;
  }
}
