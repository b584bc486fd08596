// UPDATE: changes rows one after the other, each if it still meets the conditions once it is locked.
import type { TableName } from '../../../../src/contract/tables.ts';
import { type ChangeClause, changed, type WhereClause } from '../conditions.ts';
import type { Wait } from '../locks.ts';
import type { StoredRow } from '../row.ts';
import { draftRow, enterIndexes, type IndexEntry } from '../writes.ts';
import { type Candidate, find } from './candidate.ts';
import type { Issuer } from './command.ts';
import { TableWalk } from './walk.ts';

const READ_AND_LOCK = ['SELECT', 'UPDATE'] as const;

/** The conditions of an UPDATE, and the columns to set. */
export interface Changing {
  readonly where: WhereClause;
  readonly changes: ChangeClause;
}

/** One UPDATE. It returns copies of the changed rows. */
export class Update extends TableWalk<StoredRow[]> {
  readonly verb = 'update';
  protected readonly result: StoredRow[] = [];
  readonly #changing: Changing;
  /** The row that was changed last, until it is in all its indexes. */
  #entry: IndexEntry | undefined;

  constructor(issuer: Issuer, name: TableName, changing: Changing) {
    super(issuer, name);
    this.#changing = changing;
  }

  protected visit(candidate: Candidate): Wait | undefined {
    const { database, server, table, result } = this;
    const wait = database.locks.take(server, candidate.versioned);
    if (wait !== undefined) return wait;
    const entry = (this.#entry ??= this.#change(candidate));
    if (entry === undefined) return undefined;
    const rivalry = enterIndexes(database, server, entry);
    if (rivalry !== undefined) return rivalry;
    result.push(table.shape.copy(entry.row));
    this.#entry = undefined;
    return undefined;
  }

  protected find(): readonly Candidate[] {
    const { database, server, table } = this;
    database.privileges.assertTable(server.role, table.shape.name, READ_AND_LOCK);
    return find(server, table, { where: this.#changing.where, clock: database.clock });
  }

  #change(candidate: Candidate): IndexEntry | undefined {
    const { database, server, table } = this;
    const { versioned } = candidate;
    const base = database.parts.changeUnderLock(candidate.lockedBy(server));
    if (base === undefined) return undefined;
    const row = changed(table.shape, base, { clause: this.#changing.changes, clock: database.clock });
    const versions = database.versions({ table, versioned }, versioned.visibleTo(server), row);
    return { versions, row, indexes: draftRow(database, server, versions), next: 0 };
  }
}
