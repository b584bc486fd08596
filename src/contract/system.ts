// A System: a pair of legacy app and service as data and functions, ready to be booted in either lane.
import type { ProcedureName, Procedures } from './authority.ts';
import type { Env } from './env.ts';
import type { Role } from './message.ts';
import type { Application, Parts } from './parts.ts';
import type { Readings } from './readings.ts';
import type { Transaction } from './store.ts';
import type { TableName } from './tables.ts';

/** What a twin knows of the server beside its tables, and may ask of it. */
export interface ProcedureServer {
  /** The database's clock, as clock_timestamp() tells it. */
  readonly nowMicros: number;
  /** The same when the transaction began, as now() tells it. */
  readonly startedMicros: number;
  /** Sends a notice to the caller, as RAISE NOTICE does. */
  notice(text: string): void;
}

/** One stored procedure in its two forms, side by side: the SQL text and its twin over Transaction, run as one statement. */
export interface Procedure<P extends ProcedureName> {
  /** A CREATE FUNCTION statement. */
  readonly sql: string;
  /** The same over the store port. */
  twin(tx: Transaction, args: Procedures[P]['arguments'], server: ProcedureServer): Promise<Procedures[P]['result']>;
}

/** What one role may do to one table, or which procedures it may execute. */
export type Privilege =
  | {
      readonly role: Role;
      readonly table: TableName;
      readonly privileges: readonly ('SELECT' | 'INSERT' | 'UPDATE' | 'DELETE')[];
    }
  | { readonly role: Role; readonly procedure: ProcedureName };

/** The version of this contract. It is raised when a system that was built for an older one could not be run any more. */
export const CONTRACT_VERSION = 1;

/** A pair of systems. `module` is the URL of the file that exports it as `system`: live processes are started from it. */
export interface System {
  readonly name: string;
  /** The version of the contract that it was built for; a system without one is taken to be built for this one. */
  readonly contract?: number;
  readonly parts: Parts;
  readonly procedures: { readonly [P in ProcedureName]: Procedure<P> };
  readonly grants: readonly Privilege[];
  /** SQL statements, run in order by the owner of the database, before the procedures and the grants. */
  readonly migrations: readonly string[];
  readonly module: string;
  /** True for a system whose senders ask no authority: it has none to show. */
  readonly withoutAuthority?: true;
  /** How it reads the ambiguous sentences of the runbook; it is judged by the same. */
  readonly readings: Readings;
  boot(env: Env, role: Role): Application;
}
