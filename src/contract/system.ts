// A System: a pair of legacy app and service as data and functions. Both lanes can boot it.
import type { ProcedureName, Procedures } from './authority.ts';
import type { Env } from './env.ts';
import type { Role } from './message.ts';
import type { Application, Parts } from './parts.ts';
import type { Readings } from './readings.ts';
import type { Transaction } from './store.ts';
import type { TableName } from './tables.ts';

/** What the twin of a procedure can use of the database server, beside its tables. */
export interface ProcedureServer {
  /** The time that clock_timestamp() returns, in microseconds. */
  readonly nowMicros: number;
  /** The time that now() returns: when the transaction began, in microseconds. */
  readonly startedMicros: number;
  /** Sends a notice to the caller, as RAISE NOTICE does. */
  notice(text: string): void;
}

/** One stored procedure in its two forms: the SQL text, and its twin over Transaction, which is run as one statement. */
export interface Procedure<P extends ProcedureName> {
  /** A CREATE FUNCTION statement. */
  readonly sql: string;
  /** The same procedure in TypeScript, over the store port. */
  twin(tx: Transaction, args: Procedures[P]['arguments'], server: ProcedureServer): Promise<Procedures[P]['result']>;
}

/** What one role is allowed to do with one table, or a procedure that it is allowed to execute. */
export type Privilege =
  | {
      readonly role: Role;
      readonly table: TableName;
      readonly privileges: readonly ('SELECT' | 'INSERT' | 'UPDATE' | 'DELETE')[];
    }
  | { readonly role: Role; readonly procedure: ProcedureName };

/** The version of this contract. It is raised by any change after which a system built for the old version cannot run. */
export const CONTRACT_VERSION = 1;

/** A pair of systems. `module` is the URL of the file that exports it as `system`: live processes are started from it. */
export interface System {
  readonly name: string;
  /** The version of the contract that the system was built for. Absent means CONTRACT_VERSION. */
  readonly contract?: number;
  readonly parts: Parts;
  readonly procedures: { readonly [P in ProcedureName]: Procedure<P> };
  readonly grants: readonly Privilege[];
  /** SQL statements, run in order by the owner of the database, before the procedures and the grants. */
  readonly migrations: readonly string[];
  readonly module: string;
  /** True for a system that sends without an authority, so no observer can read one. */
  readonly withoutAuthority?: true;
  /** How the system reads the ambiguous sentences of the runbook. The checkers judge it by the same readings. */
  readonly readings: Readings;
  boot(env: Env, role: Role): Application;
}
