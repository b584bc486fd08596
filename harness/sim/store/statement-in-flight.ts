// One statement of a client from its sending to its answer.
import type { DecisionSite } from '../decide.ts';
import type { ScheduleOptions } from '../engine.ts';
import type { SimStoreHost } from '../store-port.ts';
import type { StoreCommandEnd, StoreStatement } from './commands/command.ts';
import type { ServerTransaction } from './server-transaction.ts';
import { SQL_STATES, StatementError } from './statement-error.ts';
import { SLOW_STATEMENT_MS, STATEMENT_MICROS, STATEMENT_SITE } from './store-sites.ts';

/** The connection of a client, as its statements use it. */
export interface StatementChannel {
  readonly host: SimStoreHost;
  /** The options of events that wake the client: the engine drops them once the client has ended. */
  readonly wakes: ScheduleOptions;
  /** Makes a decision about a statement, and notes its harm. */
  decide<C extends string>(site: DecisionSite<C>, statement: Pick<StoreStatement<unknown>, 'about' | 'verb'>): C;
  /** Rolls back the transaction if its client has ended. Called at the end of each statement. */
  settleOrphan(server: ServerTransaction): void;
}

/** The client's side of the transaction that a statement belongs to. */
export interface StatementOwner {
  readonly connection: StatementChannel;
  readonly server: ServerTransaction;
  readonly failure: StatementError | undefined;
  /** Rolls the transaction back at once after a refused statement; the client gets the error later, with the answer. */
  abort(error: StatementError): void;
  /** Called when the statement has been answered, so that the next one is sent. */
  answered(): void;
}

/** The value of `#resolve` and `#reject` until the promise is made. */
const noop = (): void => {};

/** One statement. If it does not wait in the database, it takes effect and is answered in one event of the client. */
export class StatementInFlight<R> implements StoreCommandEnd<R> {
  /** The promise that the client gets. */
  readonly answer: Promise<R>;
  readonly #owner: StatementOwner;
  readonly #statement: StoreStatement<R>;
  #resolve: (result: R) => void = noop;
  #reject: (error: unknown) => void = noop;
  #choice: (typeof STATEMENT_SITE.choices)[number] = 'run';
  #hasWaited = false;

  constructor(owner: StatementOwner, statement: StoreStatement<R>) {
    this.#owner = owner;
    this.#statement = statement;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Sends the statement; rejects it instead if its transaction has been aborted meanwhile. */
  send(): void {
    const { connection, failure } = this.#owner;
    if (failure !== undefined) {
      this.#deliverError(failure);
      return;
    }
    this.#choice = connection.decide(STATEMENT_SITE, this.#statement);
    connection.host.engine.schedule(STATEMENT_MICROS, () => this.#carryOut(), connection.wakes);
  }

  done(result: R): void {
    this.#settleOrphan();
    if (this.#isAtOnce) this.#deliver(result);
    else this.#travelBack(() => this.#deliver(result));
  }

  failed(error: unknown): void {
    if (error instanceof StatementError) this.#owner.abort(error);
    this.#settleOrphan();
    if (this.#isAtOnce) this.#deliverError(error);
    else this.#travelBack(() => this.#deliverError(error));
  }

  waits(): void {
    this.#hasWaited = true;
  }

  #carryOut(): void {
    if (this.#choice === 'disconnect') {
      this.failed(new StatementError(SQL_STATES.connectionLost, 'the connection was lost'));
    } else this.#statement.begin(this);
  }

  #settleOrphan(): void {
    const { connection, server } = this.#owner;
    connection.settleOrphan(server);
  }

  /** Whether the answer reaches the client in the same event in which the statement takes effect. */
  get #isAtOnce(): boolean {
    return this.#choice !== 'slow' && !this.#hasWaited;
  }

  #travelBack(deliver: () => void): void {
    const { connection } = this.#owner;
    const micros = this.#choice === 'slow' ? SLOW_STATEMENT_MS * 1_000 : STATEMENT_MICROS;
    connection.host.engine.schedule(micros, deliver, connection.wakes);
  }

  #deliver(result: R): void {
    this.#resolve(result);
    this.#owner.answered();
  }

  /** The handler keeps an ignored error from being an unhandled rejection: the transaction itself remembers the error. */
  #deliverError(reason: unknown): void {
    this.answer.catch(() => undefined);
    this.#reject(reason);
    this.#owner.answered();
  }
}
