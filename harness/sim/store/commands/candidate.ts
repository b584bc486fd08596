// A row that a statement has found: the version in the statement's snapshot, and the newest version once the row is locked.
import { meets, type StatementClock, type WhereClause } from '../conditions.ts';
import type { LockOwner } from '../locks.ts';
import type { LockedRow } from '../parts.ts';
import type { StoredRow, VersionedRow } from '../row.ts';
import type { Table } from '../table.ts';

/** The conditions of a statement, and the clock for their times. */
export interface Search {
  readonly where: WhereClause;
  readonly clock: StatementClock;
}

/** One row that meets the conditions in the statement's snapshot. */
export class Candidate implements LockedRow {
  readonly versioned: VersionedRow;
  readonly seen: StoredRow;
  newest: StoredRow | undefined;
  readonly #search: Search;

  constructor(versioned: VersionedRow, seen: StoredRow, search: Search) {
    this.versioned = versioned;
    this.seen = seen;
    this.newest = seen;
    this.#search = search;
  }

  /** Reads the newest version, once the owner has locked the row: other transactions may have changed it during the wait for the lock. */
  lockedBy(owner: LockOwner): LockedRow {
    this.newest = this.versioned.visibleTo(owner);
    return this;
  }

  meets(row: StoredRow): boolean {
    return meets(row, this.#search.where, this.#search.clock);
  }
}

/** The rows of a table that meet the conditions in the snapshot of a statement that begins now. */
export function find(owner: LockOwner, table: Table, search: Search): Candidate[] {
  const found: Candidate[] = [];
  for (const versioned of table.candidates(search.where)) {
    const seen = versioned.visibleTo(owner);
    if (seen !== undefined && meets(seen, search.where, search.clock))
      found.push(new Candidate(versioned, seen, search));
  }
  return found;
}
