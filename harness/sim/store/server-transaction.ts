// The database's side of a transaction: its locks, its changes so far, and its current wait.
import type { Role } from '../../../src/contract/message.ts';
import type { Lockable, LockOwner, Wait } from './locks.ts';
import type { StoredRow, VersionedRow } from './row.ts';
import type { Table } from './table.ts';

/** The change of one row by one statement. `before` is undefined for an insertion, `after` for a deletion. */
export interface RowVersions {
  readonly table: Table;
  readonly versioned: VersionedRow;
  readonly before: StoredRow | undefined;
  readonly after: StoredRow | undefined;
  /** The engine's time of the statement. */
  readonly atMicros: number;
}

/** How a transaction begins. The rig has no role, and all privileges. */
export interface TransactionOrigin {
  readonly role: Role | undefined;
  readonly roleName: string;
  /** The lag of the replica that its reads without locks see; 0 on the primary. */
  readonly lagMicros: number;
  /** When it began, on the database's clock. */
  readonly startedMicros: number;
}

/** One transaction, also after its end. */
export class ServerTransaction implements LockOwner {
  readonly held: Lockable[] = [];
  readonly ending: Lockable = { holder: this, queue: undefined };
  readonly changes: RowVersions[] = [];
  readonly roleName: string;
  readonly lagMicros: number;
  readonly startedMicros: number;
  /** The role whose privileges the current statement has: inside a procedure that is the procedure's owner. */
  role: Role | undefined;
  wait: Wait | undefined;
  isOver = false;
  /** Whether its COMMIT or ROLLBACK has been sent, which is carried out even if the client ends. */
  isEnding = false;
  /** Whether it runs a procedure, which continues even if the client ends. */
  isInProcedure = false;
  /** Whether its client has ended. As in PostgreSQL, the transaction rolls back only after the current statement. */
  isOrphan = false;

  constructor({ role, roleName, lagMicros, startedMicros }: TransactionOrigin) {
    this.role = role;
    this.roleName = roleName;
    this.lagMicros = lagMicros;
    this.startedMicros = startedMicros;
  }

  /** Whether a statement has begun and has not ended. */
  get isBusy(): boolean {
    return this.wait !== undefined || this.isInProcedure;
  }
}
