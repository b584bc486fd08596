// What a simulated database must offer, and what it is given. The Store it hands to a process is the contract's.
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

/** A change of one row as the audit tells it. */
export type RowChange = Extract<UntimedEvent, { kind: 'row' }>;

/** The world around a simulated database. */
export interface SimStoreHost {
  readonly engine: Engine;
  readonly random: RandomSource;
  /** The database's clock: microseconds since the Unix epoch. It is right even where the processes' clocks are wrong. */
  databaseMicros(): number;
  /** Whether asking at this site can make any difference. */
  asks(site: DecisionSite): boolean;
  /** Asks what happens here. The rig's own transactions ask nothing. */
  decide<C extends string>(site: DecisionSite<C>, key: string): C;
  /**
   * Notes that a decision holds up a process for so long, so that checkers know of a fault; call it right after deciding so. `what` says in
   * the words of reports what was decided.
   */
  holdUp(process: Role, what: string, lastsMs?: number): void;
  /** Tells that a statement looked at a table as it was at this moment of the engine's clock, to read it or to write to it. */
  onLook(table: TableName, atMicros: number): void;
  /** Writes a line into the log of a process. */
  log(process: Role, line: string): void;
  /** Tells of a change at its commit. */
  recordRow(change: RowChange): void;
}

/** Who connects: a life of a process with its role, or the rig, which owns everything and is never disturbed. */
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
  /** The whole database as it is now, for dumps. */
  state(): DatabaseState;
}

/** Makes the database of one run. */
export type SimStoreFactory = (host: SimStoreHost, system: Pick<System, 'procedures' | 'grants'>) => SimStore;
