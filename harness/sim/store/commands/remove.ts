// DELETE: removes rows one after the other, each if it still meets the conditions once it is locked.
import type { TableName } from '../../../../src/contract/tables.ts';
import type { WhereClause } from '../conditions.ts';
import type { Wait } from '../locks.ts';
import { draftRow } from '../writes.ts';
import { type Candidate, find } from './candidate.ts';
import type { Issuer } from './command.ts';
import { TableWalk } from './walk.ts';

const DELETE = ['DELETE', 'SELECT'] as const;
const DELETE_ALL = ['DELETE'] as const;

/** One DELETE. It returns the number of removed rows. */
export class Remove extends TableWalk<number> {
  readonly verb = 'remove';
  protected result = 0;
  readonly #where: WhereClause;

  constructor(issuer: Issuer, name: TableName, where: WhereClause) {
    super(issuer, name);
    this.#where = where;
  }

  protected visit(candidate: Candidate): Wait | undefined {
    const { database, server, table } = this;
    const { versioned } = candidate;
    const wait = database.locks.take(server, versioned);
    if (wait !== undefined) return wait;
    const base = database.parts.changeUnderLock(candidate.lockedBy(server));
    if (base === undefined) return undefined;
    draftRow(database, server, database.versions({ table, versioned }, base, undefined));
    this.result += 1;
    return undefined;
  }

  protected find(): readonly Candidate[] {
    const { database, server, table } = this;
    const needed = Object.keys(this.#where).length > 0 ? DELETE : DELETE_ALL;
    database.privileges.assertTable(server.role, table.shape.name, needed);
    return find(server, table, { where: this.#where, clock: database.clock });
  }
}
