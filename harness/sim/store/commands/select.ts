// SELECT: rows in the order of the primary key, locked in that order if requested.
import type { TableName } from '../../../../src/contract/tables.ts';
import { meets, type WhereClause } from '../conditions.ts';
import type { Wait } from '../locks.ts';
import type { StoredRow } from '../row.ts';
import { type Candidate, find } from './candidate.ts';
import type { Issuer } from './command.ts';
import { TableWalk } from './walk.ts';

const READ = ['SELECT'] as const;
const READ_AND_LOCK = ['SELECT', 'UPDATE'] as const;

/** The conditions of a SELECT, and whether it locks the rows. */
export interface Reading {
  readonly where: WhereClause;
  readonly forUpdate: boolean;
}

/** One SELECT. It returns copies of the rows. Without locks it can read from a lagging replica. */
export class Select extends TableWalk<StoredRow[]> {
  readonly verb = 'select';
  protected readonly result: StoredRow[] = [];
  readonly #reading: Reading;

  constructor(issuer: Issuer, name: TableName, reading: Reading) {
    super(issuer, name);
    this.#reading = reading;
  }

  protected visit(candidate: Candidate): Wait | undefined {
    const { database, server, table, result } = this;
    const { forUpdate } = this.#reading;
    const wait = forUpdate ? database.locks.take(server, candidate.versioned) : undefined;
    if (wait !== undefined) return wait;
    const row = forUpdate ? database.parts.readUnderLock(candidate.lockedBy(server)) : candidate.seen;
    if (row !== undefined) result.push(table.shape.copy(row));
    return undefined;
  }

  protected find(): readonly Candidate[] {
    const { database, server, table } = this;
    const { where, forUpdate } = this.#reading;
    const { clock, privileges } = database;
    privileges.assertTable(server.role, table.shape.name, forUpdate ? READ_AND_LOCK : READ);
    if (server.lagMicros === 0 || forUpdate) {
      return table.inOrder(find(server, table, { where, clock }), ({ seen }) => seen);
    }
    const past = database.committedBefore(table, server.lagMicros).filter((row) => meets(row, where, clock));
    for (const row of table.inOrder(past, (each) => each)) this.result.push(table.shape.copy(row));
    return [];
  }
}
