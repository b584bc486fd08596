// The log of all commits, for reads from a replica that lags: it undoes the later commits to get the rows of an earlier time.
import type { StoredRow, VersionedRow } from './row.ts';
import type { RowVersions } from './server-transaction.ts';
import type { Table } from './table.ts';

/** The commits of one database, in order. */
export class CommitLog {
  readonly #commits: { readonly atMicros: number; readonly changes: readonly RowVersions[] }[] = [];

  /** Adds a commit, at the engine's time. */
  remember(changes: readonly RowVersions[], atMicros: number): void {
    this.#commits.push({ atMicros, changes });
  }

  /** The rows of a table that were committed at a time of the engine. */
  rowsAt(table: Table, atMicros: number): StoredRow[] {
    const rows = new Map<VersionedRow, StoredRow | undefined>();
    for (const versioned of table.versionedRows) rows.set(versioned, versioned.committed);
    for (let index = this.#commits.length - 1; index >= 0; index -= 1) {
      const commit = this.#commits[index];
      if (commit === undefined || commit.atMicros <= atMicros) break;
      for (const change of commit.changes.toReversed())
        if (change.table === table) rows.set(change.versioned, change.before);
    }
    return [...rows.values()].filter((row) => row !== undefined);
  }
}
