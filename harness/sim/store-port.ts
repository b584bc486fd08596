// The port between the simulated world and its database: what the database offers, and what it gets. A process gets the contract's Store.
import type { DatabaseState } from '../formats/dump.ts';
import type { Role } from '../../src/contract/message.ts';
import type { Store } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import type { RowOf, TableName } from '../../src/contract/tables.ts';
import type { DecisionSite } from './decide.ts';
import type { Engine } from './engine.ts';
import type { Incarnation } from './incarnation.ts';
import type { RandomSource } from './random.ts';
import type { UntimedEvent } from './recorder.ts';

/** A change of one row, as the audit reports it. */
export type RowChange = Extract<UntimedEvent, { kind: 'row' }>;

/** The world around a simulated database. */
export interface SimStoreHost {
  readonly engine: Engine;
  readonly random: RandomSource;
  /** The database's clock: microseconds since the Unix epoch. It is right even if the clocks of processes are wrong. */
  databaseMicros(): number;
  /** Whether a decision at this site can still make a difference to the run. */
  asks(site: DecisionSite): boolean;
  /** The choice at this site. The rig's own transactions make no decisions. */
  decide<C extends string>(site: DecisionSite<C>, key: string): C;
  /**
   * Notes that a decision delays a process for `lastsMs`, so that checkers know of a fault. To be called right after the decision. `what`
   * describes the decision for reports.
   */
  holdUp(process: Role, what: string, lastsMs?: number): void;
  /** Called when a statement looks at a table, to read or to write it; `atMicros` is the moment of its snapshot on the engine's clock. */
  onLook(table: TableName, atMicros: number): void;
  /** Writes a line into the log of a process. */
  log(process: Role, line: string): void;
  /** Called with each change of a row at its commit. */
  recordRow(change: RowChange): void;
}

/** A client of the database: a life of a process with its role, or the rig, which owns everything and is never disturbed. */
export type SimStoreClient =
  | { readonly kind: 'process'; readonly role: Role; readonly roleName: string; readonly incarnation: Incarnation }
  | { readonly kind: 'rig'; readonly roleName: string };

/** A simulated database. */
export interface SimStore {
  /** Inserts a row before the run begins, with the defaults of its table: no time passes and no audit sees it. */
  seed<T extends TableName>(table: T, row: Partial<RowOf<T>>): void;
  /** The committed rows of a table, as copies. */
  committed<T extends TableName>(table: T): readonly RowOf<T>[];
  /**
   * The Store of one client. When its incarnation ends, open transactions roll back; a COMMIT that was sent is carried out. Replies
   * reach a process through events that it owns.
   */
  connect(client: SimStoreClient): Store;
  /** The current state of the whole database, for dumps. */
  state(): DatabaseState;
}

/** Makes the database of one run, with the procedures and grants of the system. */
export type SimStoreFactory = (host: SimStoreHost, system: Pick<System, 'procedures' | 'grants'>) => SimStore;
