// A transaction as its client holds it: verbs one after the other over the way to the database, each with what may befall it, and the
// first error that aborted it.
import assert from 'node:assert/strict';
import type { ProcedureName, Procedures } from '../../../src/contract/authority.ts';
import type { Connection } from './connection.ts';
import { callProcedure } from './procedure-call.ts';
import type { ServerTransaction } from './server-transaction.ts';
import { SQL_STATES, StatementError } from './statement-error.ts';
import { drive, type Steps, type StepsEnd } from './steps.ts';
import { SLOW_STATEMENT_MS, STATEMENT_MICROS, STATEMENT_SITE } from './store-sites.ts';
import { Verbs } from './verbs.ts';

/** Begins a statement in the database. */
type Begin<R> = (end: StepsEnd<R>) => void;

/** One transaction of one client. */
export class ClientTransaction extends Verbs {
  /** The error that aborted it, whether or not the work noticed. */
  failure: StatementError | undefined;
  readonly #connection: Connection;
  /** The last verb that was called, while it is under way. */
  #tail: Promise<unknown> | undefined;
  #hasEnded = false;

  constructor(connection: Connection, server: ServerTransaction) {
    super(connection.database, server);
    this.#connection = connection;
  }

  /** Waits for verbs that the work started and did not wait for, and refuses any further one. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    while (this.#tail !== undefined) await this.#tail.catch(() => undefined);
  }

  protected override run<R>(about: readonly [string, string], begin: () => Steps<R>): Promise<R> {
    return this.#inTurn(about, (end) => drive(begin(), end));
  }

  override call<P extends ProcedureName>(
    procedure: P,
    args: Procedures[P]['arguments'],
  ): Promise<Procedures[P]['result']> {
    const { server, database } = this;
    const { procedures, host } = this.#connection;
    return this.#inTurn(['call', procedure], (end) => {
      try {
        database.privileges.assertProcedure(server.role, procedure);
      } catch (error) {
        end.failed(error);
        return;
      }
      const nowMicros = host.databaseMicros();
      callProcedure<P>({ database, server, args, nowMicros, twin: procedures[procedure].twin }, end);
    });
  }

  /** One statement at a time: the order of the calls is the order of the statements. */
  #inTurn<R>(about: readonly [string, string], begin: Begin<R>): Promise<R> {
    assert(!this.#hasEnded, 'a verb was called after its transaction had ended');
    const before = this.#tail;
    const issue = (): Promise<R> => this.#issue(about, begin);
    const result = before === undefined ? issue() : before.then(issue, issue);
    this.#tail = result;
    const clear = (): void => {
      if (this.#tail === result) this.#tail = undefined;
    };
    result.then(clear, clear);
    return result;
  }

  /** Sends a statement. One that need not wait in the database takes effect and answers in one event of the client's. */
  #issue<R>(about: readonly [string, string], begin: Begin<R>): Promise<R> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    const { engine } = this.#connection.host;
    const choice = this.#connection.decide(STATEMENT_SITE, about);
    return new Promise((resolve, reject) => {
      let isLate = choice === 'slow';
      const answerMicros = choice === 'slow' ? SLOW_STATEMENT_MS * 1_000 : STATEMENT_MICROS;
      const answer = (deliver: () => void): void => {
        this.#connection.settleOrphan(this.server);
        if (isLate) engine.schedule(answerMicros, deliver, this.#connection.wakes);
        else deliver();
      };
      const failed = (error: unknown): void => {
        if (error instanceof StatementError) this.#abort(error);
        answer(() => reject(error));
      };
      const execute = (): void => {
        if (choice === 'disconnect') {
          failed(new StatementError(SQL_STATES.connectionLost, 'the connection was lost'));
          return;
        }
        begin({
          done: (result) => answer(() => resolve(result)),
          failed,
          waits: () => {
            isLate = true;
          },
        });
      };
      engine.schedule(STATEMENT_MICROS, execute, this.#connection.wakes);
    });
  }

  /** A refused statement ends the transaction in the database at once; the client learns of it with the answer. */
  #abort(error: StatementError): void {
    this.failure ??= error;
    this.database.rollBack(this.server);
  }
}
