// The points at which a database can be subtly wrong, as named parts: a test plants a difference by replacing one, and the comparison
// with PostgreSQL must find it.
import type { StoredRow, VersionedRow } from './row.ts';

/** A row that a statement wants and has just locked. */
export interface LockedRow {
  /** The version that the statement's snapshot saw. */
  readonly seen: StoredRow;
  /** The newest version, which no other session can change now; undefined when the row is gone. */
  readonly newest: StoredRow | undefined;
  /** Whether a version meets the statement's conditions now. */
  meets(row: StoredRow): boolean;
}

/** The replaceable parts of a simulated database. */
export interface StoreParts {
  /** The version that a locking select answers; undefined when the row is not wanted any more. */
  readUnderLock(locked: LockedRow): StoredRow | undefined;
  /** The version that an update or a removal is based on; undefined when the row is not wanted any more. */
  changeUnderLock(locked: LockedRow): StoredRow | undefined;
  /** What an insert that ignores conflicts does about a rival whose transaction is still open. */
  aboutOpenRival(): 'wait' | 'ignore';
  /** Takes a row back to what is committed. */
  rollBack(versioned: VersionedRow): void;
}

/** READ COMMITTED: the newest version counts, if the conditions still hold for it. */
function newestIfWanted(locked: LockedRow): StoredRow | undefined {
  const { seen, newest } = locked;
  return newest === seen || (newest !== undefined && locked.meets(newest)) ? newest : undefined;
}

/** The parts of a database that behaves as PostgreSQL does. */
export const STORE_PARTS: StoreParts = {
  readUnderLock: newestIfWanted,
  changeUnderLock: newestIfWanted,
  aboutOpenRival: () => 'wait',
  rollBack(versioned) {
    versioned.draft = undefined;
    versioned.isDrafted = false;
  },
};
