// The client's side of a transaction: it sends one statement at a time to the database, and keeps the error that aborted it.
import assert from 'node:assert/strict';
import type { ProcedureName, Procedures } from '../../../src/contract/authority.ts';
import type { System } from '../../../src/contract/system.ts';
import type { StoreCommandEnd, StoreStatement } from './commands/command.ts';
import type { Database } from './database.ts';
import { callProcedure } from './procedure-call.ts';
import type { ServerTransaction } from './server-transaction.ts';
import { type StatementChannel, StatementInFlight, type StatementOwner } from './statement-in-flight.ts';
import type { StatementError } from './statement-error.ts';
import { Verbs } from './verbs.ts';

/** The connection of a client, as its transactions use it. */
export interface ClientConnection extends StatementChannel {
  readonly database: Database;
  readonly procedures: System['procedures'];
  /** Sends a notice of the server to the client. */
  notice(text: string): void;
}

/** One transaction of one client. */
export class ClientTransaction extends Verbs implements StatementOwner {
  /** The error that aborted the transaction, even if the work of the client ignored it. */
  failure: StatementError | undefined;
  readonly connection: ClientConnection;
  /** The statements without an answer. Only the first has been sent. */
  readonly #turns: Pick<StatementInFlight<unknown>, 'answer' | 'send'>[] = [];
  #hasEnded = false;

  constructor(connection: ClientConnection, server: ServerTransaction) {
    super(connection.database, server);
    this.connection = connection;
  }

  /** Refuses any further verb from now on. Returns whether all statements are answered. */
  end(): boolean {
    this.#hasEnded = true;
    return this.#turns.length === 0;
  }

  /** Waits for the statements that the work started without waiting for their answers. */
  async finish(): Promise<void> {
    for (let last = this.#turns.at(-1); last !== undefined; last = this.#turns.at(-1)) {
      await last.answer.catch(() => undefined);
    }
  }

  abort(error: StatementError): void {
    this.failure ??= error;
    this.database.rollBack(this.server);
  }

  answered(): void {
    this.#turns.shift();
    this.#turns[0]?.send();
  }

  /** Sends one statement at a time, so that statements are carried out in the order of the calls. */
  protected override run<R>(statement: StoreStatement<R>): Promise<R> {
    assert(!this.#hasEnded, 'a verb was called after its transaction had ended');
    const inFlight = new StatementInFlight(this, statement);
    this.#turns.push(inFlight);
    if (this.#turns.length === 1) inFlight.send();
    return inFlight.answer;
  }

  override call<P extends ProcedureName>(
    procedure: P,
    args: Procedures[P]['arguments'],
  ): Promise<Procedures[P]['result']> {
    return this.run({
      verb: 'call',
      about: procedure,
      begin: (end) => this.#call(procedure, args, end),
    });
  }

  #call<P extends ProcedureName>(
    procedure: P,
    args: Procedures[P]['arguments'],
    end: StoreCommandEnd<Procedures[P]['result']>,
  ): void {
    const { server, database } = this;
    const { procedures, host, notice } = this.connection;
    try {
      database.privileges.assertProcedure(server.role, procedure);
    } catch (error) {
      end.failed(error);
      return;
    }
    const surroundings = { nowMicros: host.databaseMicros(), startedMicros: server.startedMicros, notice };
    callProcedure<P>({ database, server, args, surroundings, twin: procedures[procedure].twin }, end);
  }
}
