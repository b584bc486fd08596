// A stored procedure inside the database: its twin in TypeScript runs as one statement with the privileges of the procedure's owner. Other
// sessions run in between only while it waits for a lock.
import assert from 'node:assert/strict';
import type { ProcedureName, Procedures } from '../../../src/contract/authority.ts';
import type { ProcedureServer } from '../../../src/contract/system.ts';
import type { StoreCommandEnd, StoreStatement } from './commands/command.ts';
import { Verbs } from './verbs.ts';
import { PROCEDURE_OWNER } from './privileges.ts';
import type { ServerTransaction } from './server-transaction.ts';
import type { Database } from './database.ts';

/** The statements of a procedure. They run inside the database, so none of them takes time to reach it. */
class ProcedureVerbs extends Verbs {
  readonly #waits: () => void;

  constructor(database: Database, server: ServerTransaction, waits: () => void) {
    super(database, server);
    this.#waits = waits;
  }

  protected override run<R>(statement: StoreStatement<R>): Promise<R> {
    assert(this.server.wait === undefined, 'a procedure began a statement before its last one had ended');
    return new Promise((resolve, reject) => {
      statement.begin({ done: resolve, failed: reject, waits: this.#waits });
    });
  }

  override call(): Promise<never> {
    return Promise.reject(new Error('a procedure calls no other'));
  }
}

/** A procedure to run, with its arguments and the transaction that calls it. */
export interface ProcedureCall<P extends ProcedureName> {
  readonly database: Database;
  readonly server: ServerTransaction;
  readonly args: Procedures[P]['arguments'];
  twin(tx: Verbs, args: Procedures[P]['arguments'], surroundings: ProcedureServer): Promise<Procedures[P]['result']>;
  readonly surroundings: ProcedureServer;
}

/** Runs the twin of a procedure, and reports its result, its error and its waits to `end`. */
export function callProcedure<P extends ProcedureName>(
  call: ProcedureCall<P>,
  end: StoreCommandEnd<Procedures[P]['result']>,
): void {
  const { database, server, args, surroundings } = call;
  const caller = server.role;
  if (caller !== undefined) server.role = PROCEDURE_OWNER;
  server.isInProcedure = true;
  const verbs = new ProcedureVerbs(database, server, () => end.waits?.());
  const leave = (): void => {
    server.role = caller;
    server.isInProcedure = false;
  };
  call.twin(verbs, args, surroundings).then(
    (result) => {
      leave();
      return end.done(result);
    },
    (error: unknown) => {
      leave();
      end.failed(error);
    },
  );
}
