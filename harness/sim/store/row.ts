// Rows and their versions. A version never changes: a statement that changes a row makes a new version. So snapshots, drafts and the audit
// can share versions.
import type { Lockable, LockOwner, Wait } from './locks.ts';

/** The value of one column. */
export type ColumnValue = string | number | boolean | null;

/** One version of a row. */
export type StoredRow = Readonly<Record<string, ColumnValue>>;

/** One row over its life, with its lock. Only the holder of the lock can draft the next version. */
export class VersionedRow implements Lockable {
  /** The version that every new snapshot sees; undefined until the insertion is committed, and after the deletion is committed. */
  committed: StoredRow | undefined;
  /** The version of the lock's holder; undefined for a deletion. Valid only if `isDrafted`. */
  draft: StoredRow | undefined;
  isDrafted = false;
  holder: LockOwner | undefined;
  queue: Wait[] | undefined;

  constructor(committed: StoredRow | undefined) {
    this.committed = committed;
  }

  /** The version that a statement of this transaction sees. */
  visibleTo(transaction: LockOwner): StoredRow | undefined {
    return this.isDrafted && this.holder === transaction ? this.draft : this.committed;
  }
}
