// The details in which a simulated database can easily differ from PostgreSQL, as named parts: a test replaces one of them, and the
// comparison with PostgreSQL must find the difference.
import type { StoredRow, VersionedRow } from './row.ts';

/** A row that a statement has found and has just locked. */
export interface LockedRow {
  /** The version that the statement's snapshot saw. */
  readonly seen: StoredRow;
  /** The newest version, which no other session can change now; undefined when the row is deleted. */
  readonly newest: StoredRow | undefined;
  /** Whether a version meets the statement's conditions. */
  meets(row: StoredRow): boolean;
}

/** The replaceable parts of a simulated database. */
export interface StoreParts {
  /** The version that a locking select returns; undefined when the row does not meet the conditions any more. */
  readUnderLock(locked: LockedRow): StoredRow | undefined;
  /** The version that an update or a removal changes; undefined when the row does not meet the conditions any more. */
  changeUnderLock(locked: LockedRow): StoredRow | undefined;
  /** What an insert that ignores conflicts does when it conflicts with a rival whose transaction is still open. */
  aboutOpenRival(): 'wait' | 'ignore';
  /** Discards the draft of a row. */
  rollBack(versioned: VersionedRow): void;
}

/** READ COMMITTED: the newest version, if it still meets the conditions. */
function newestIfItMeets(locked: LockedRow): StoredRow | undefined {
  const { seen, newest } = locked;
  return newest === seen || (newest !== undefined && locked.meets(newest)) ? newest : undefined;
}

/** The parts of a database that behaves as PostgreSQL does. */
export const STORE_PARTS: StoreParts = {
  readUnderLock: newestIfItMeets,
  changeUnderLock: newestIfItMeets,
  aboutOpenRival: () => 'wait',
  rollBack(versioned) {
    versioned.draft = undefined;
    versioned.isDrafted = false;
  },
};
