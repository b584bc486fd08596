// One statement of a client on its way: sent to the database, carried out there, and answered.
import type { DecisionSite } from '../decide.ts';
import type { ScheduleOptions } from '../engine.ts';
import type { SimStoreHost } from '../store-port.ts';
import type { StoreCommandEnd, StoreStatement } from './commands/command.ts';
import type { ServerTransaction } from './server-transaction.ts';
import { SQL_STATES, StatementError } from './statement-error.ts';
import { SLOW_STATEMENT_MS, STATEMENT_MICROS, STATEMENT_SITE } from './store-sites.ts';

/** The way of a client's statements to the database. */
export interface StatementChannel {
  readonly host: SimStoreHost;
  /** Marks events that reach the client, which a dead client does not receive. */
  readonly wakes: ScheduleOptions;
  /** Asks what happens to a statement, and notes the harm. */
  decide<C extends string>(site: DecisionSite<C>, statement: Pick<StoreStatement<unknown>, 'about' | 'verb'>): C;
  /** Rolls back the statement of a dead client, once it has ended. */
  settleOrphan(server: ServerTransaction): void;
}

/** The transaction that a statement belongs to, as its client holds it. */
export interface StatementOwner {
  readonly connection: StatementChannel;
  readonly server: ServerTransaction;
  readonly failure: StatementError | undefined;
  /** A refused statement ends the transaction in the database at once; the client learns of it with the answer. */
  abort(error: StatementError): void;
  /** The statement has been answered: the next one may be sent. */
  answered(): void;
}

/** Takes the place of the two ends of a promise until it has been made. */
const nobody = (): void => {};

/** One statement. One that need not wait in the database takes effect and answers in one event of the client's. */
export class StatementInFlight<R> implements StoreCommandEnd<R> {
  /** What the client gets. */
  readonly answer: Promise<R>;
  readonly #owner: StatementOwner;
  readonly #statement: StoreStatement<R>;
  #resolve: (result: R) => void = nobody;
  #reject: (error: unknown) => void = nobody;
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

  /** Sends it, unless its transaction has been aborted meanwhile. */
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

  /** Whether the answer is there in the event of the statement itself. */
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

  /** The work may well ignore it: the transaction itself remembers. */
  #deliverError(reason: unknown): void {
    this.answer.catch(() => undefined);
    this.#reject(reason);
    this.#owner.answered();
  }
}
