// INSERT, with or without ON CONFLICT DO NOTHING.
import type { TableName } from '../../../../src/contract/tables.ts';
import type { ChangeClause } from '../conditions.ts';
import type { Wait } from '../locks.ts';
import { type StoredRow, VersionedRow } from '../row.ts';
import { assertAllowed } from '../table-shape.ts';
import { draft, draftRow, enterAll, enterIndexes, type IndexEntry, rivalInAny } from '../writes.ts';
import { type Issuer, TableCommand } from './command.ts';

// INSERT ... RETURNING also needs the privilege to read the row.
const INSERT = ['INSERT', 'SELECT'] as const;

/** The row to insert, and whether a conflict is ignored instead of an error. */
export interface Writing {
  readonly row: ChangeClause;
  readonly ignoresConflicts: boolean;
}

/** One INSERT. It returns a copy of the inserted row, or undefined if it ignores conflicts and there is one. */
export class Insert extends TableCommand<StoredRow | undefined> {
  readonly verb = 'insert';
  protected result: StoredRow | undefined;
  readonly #writing: Writing;
  #entry: IndexEntry | undefined;

  constructor(issuer: Issuer, name: TableName, writing: Writing) {
    super(issuer, name);
    this.#writing = writing;
  }

  protected advance(): Wait | undefined {
    const entry = (this.#entry ??= this.#prepare());
    if (this.#writing.ignoresConflicts) return this.#writeUnlessThere(entry);
    const wait = enterIndexes(this.database, this.server, entry);
    if (wait === undefined) this.result = this.table.shape.copy(entry.row);
    return wait;
  }

  #prepare(): IndexEntry {
    const { database, server, table } = this;
    database.privileges.assertTable(server.role, table.shape.name, INSERT);
    const row = database.newRow(table, this.#writing.row);
    const versions = database.versions({ table, versioned: new VersionedRow(undefined) }, undefined, row);
    if (!this.#writing.ignoresConflicts) draftRow(database, server, versions);
    else assertAllowed(table.shape, row);
    return { versions, row, indexes: table.indexes, next: 0 };
  }

  /** Inserts the row if it has no rival. Waits for the end of a rival's transaction that is open; writes nothing if a rival exists. */
  #writeUnlessThere(entry: IndexEntry): Wait | undefined {
    const { database, server } = this;
    const rival = rivalInAny(server, entry);
    if (rival === undefined) {
      draft(database, server, entry.versions);
      enterAll(entry);
      this.result = this.table.shape.copy(entry.row);
    } else if (rival.kind === 'open' && database.parts.aboutOpenRival() === 'wait') {
      return database.locks.awaitEnd(server, rival.transaction);
    }
    return undefined;
  }
}
