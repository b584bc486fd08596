// A transaction as the database keeps it: its locks, its changes so far, and what it waits for.
import type { Role } from '../../../src/contract/message.ts';
import type { Lockable, LockOwner, Wait } from './locks.ts';
import type { StoredRow, VersionedRow } from './row.ts';
import type { Table } from './table.ts';

/** One row changed by one statement. No `before` for an insertion, no `after` for a deletion. */
export interface RowVersions {
  readonly table: Table;
  readonly versioned: VersionedRow;
  readonly before: StoredRow | undefined;
  readonly after: StoredRow | undefined;
  /** The engine's time of the statement. */
  readonly atMicros: number;
}

/** Who began a transaction. The rig has no role, and every right. */
export interface TransactionOrigin {
  readonly role: Role | undefined;
  readonly roleName: string;
  /** How far behind its plain reads are: the lag of a replica, or nothing. */
  readonly lagMicros: number;
  /** The database's clock when it began. */
  readonly startedMicros: number;
}

/** One open transaction. */
export class ServerTransaction implements LockOwner {
  readonly held: Lockable[] = [];
  readonly ending: Lockable = { holder: this, queue: undefined };
  readonly changes: RowVersions[] = [];
  readonly roleName: string;
  readonly lagMicros: number;
  readonly startedMicros: number;
  /** Whose privileges the statement under way has: inside a procedure those of the procedure's owner. */
  role: Role | undefined;
  wait: Wait | undefined;
  isOver = false;
  /** Its COMMIT or ROLLBACK has been sent, and is carried out even if its client dies. */
  isEnding = false;
  /** It runs a procedure, whose statements go on although their client dies. */
  isInProcedure = false;
  /** Its client is gone, which shows only after the statement under way: as in PostgreSQL it rolls back then. */
  isOrphan = false;

  constructor({ role, roleName, lagMicros, startedMicros }: TransactionOrigin) {
    this.role = role;
    this.roleName = roleName;
    this.lagMicros = lagMicros;
    this.startedMicros = startedMicros;
  }

  /** Whether a statement has begun and not ended. */
  get isBusy(): boolean {
    return this.wait !== undefined || this.isInProcedure;
  }
}
