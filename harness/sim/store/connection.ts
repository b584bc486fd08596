// One client's connection to the simulated database: its transactions from begin to outcome, and what happens to them when the client ends.
import type { Role } from '../../../src/contract/message.ts';
import type { Outcome, Store, Transaction } from '../../../src/contract/store.ts';
import type { System } from '../../../src/contract/system.ts';
import type { DecisionSite } from '../decide.ts';
import type { ScheduleOptions } from '../engine.ts';
import { EVENTS } from '../event-words.ts';
import type { SimStoreClient, SimStoreHost } from '../store-port.ts';
import type { StoreStatement } from './commands/command.ts';
import { type ClientConnection, ClientTransaction } from './client-transaction.ts';
import type { Database } from './database.ts';
import type { ClientTransactions } from './database-state.ts';
import { ServerTransaction } from './server-transaction.ts';
import { SQL_STATES } from './statement-error.ts';
import {
  COMMIT_SITE,
  HARM_WORDS,
  type HarmfulChoice,
  REPLICA_LAG_MS,
  REPLICA_SITE,
  SLOW_STATEMENT_MS,
  STATEMENT_MICROS,
} from './store-sites.ts';

/** What all connections of a database share. */
export interface ConnectionOptions {
  readonly host: SimStoreHost;
  readonly database: Database;
  readonly procedures: System['procedures'];
}

/** The options of one transaction. */
type TransactionOptions = NonNullable<Parameters<Store['transaction']>[1]>;

/** How a COMMIT can end. */
type CommitChoice = (typeof COMMIT_SITE.choices)[number];

/** The store of one client. */
export class Connection implements Store, ClientConnection {
  readonly host: SimStoreHost;
  readonly database: Database;
  readonly procedures: System['procedures'];
  readonly wakes: ScheduleOptions;
  readonly #role: Role | undefined;
  readonly #roleName: string;
  readonly #process: string;
  /** All transactions that this client began. */
  readonly #begun: ServerTransaction[] = [];

  constructor({ host, database, procedures }: ConnectionOptions, client: SimStoreClient) {
    this.host = host;
    this.database = database;
    this.procedures = procedures;
    this.#roleName = client.roleName;
    const incarnation = client.kind === 'process' ? client.incarnation : undefined;
    this.#role = client.kind === 'process' ? client.role : undefined;
    this.#process = incarnation?.process ?? 'rig';
    this.wakes = { owner: incarnation, what: 'a statement of the database' };
    incarnation?.onEnd(() => this.#abandonAll());
    this.transaction = this.transaction.bind(this);
  }

  /** All transactions that this client began, in order. */
  get transactions(): ClientTransactions {
    return { client: this.#process, begun: this.#begun };
  }

  /** Makes a decision about a transaction or a statement of a process, and notes its harm. The rig's transactions are never disturbed. */
  decide<C extends string>(site: DecisionSite<C>, statement?: Pick<StoreStatement<unknown>, 'about' | 'verb'>): C {
    if (this.#role === undefined || !this.host.asks(site)) return site.choices[0];
    const key = statement === undefined ? this.#process : `${this.#process} ${statement.verb} ${statement.about}`;
    const choice = this.host.decide(site, key);
    if (choice !== site.choices[0]) {
      const about = statement === undefined ? '' : `: ${statement.verb} ${statement.about}`;
      const what = `${HARM_WORDS[choice as HarmfulChoice]}${about}`;
      this.host.holdUp(this.#role, what, choice === 'slow' ? SLOW_STATEMENT_MS : undefined);
    }
    return choice;
  }

  readonly notice = (text: string): void => {
    const { engine } = this.host;
    const role = this.#role;
    if (role === undefined) return;
    engine.schedule(STATEMENT_MICROS, () => this.host.log(role, `DATABASE_NOTICE: ${text}`), this.wakes);
  };

  async transaction<T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<Outcome<T>> {
    const server = this.#begin(options);
    const tx = new ClientTransaction(this, server);
    let value: T;
    try {
      value = await work(tx);
    } catch (error) {
      if (!tx.end()) await tx.finish();
      await this.#rollBack(server);
      if (tx.failure !== undefined && error === tx.failure) {
        return { kind: 'rolled-back', sqlState: tx.failure.sqlState };
      }
      throw error;
    }
    if (!tx.end()) await tx.finish();
    // `return await` is faster: an async function that returns a promise takes three turns of the microtask queue instead of one.
    if (tx.failure === undefined) return await this.#commit(server, value);
    await this.#rollBack(server);
    return { kind: 'rolled-back', sqlState: tx.failure.sqlState };
  }

  settleOrphan(server: ServerTransaction): void {
    if (server.isOrphan) this.database.rollBack(server);
  }

  #begin({ readFrom }: TransactionOptions): ServerTransaction {
    const isLagging = readFrom === 'replica' && this.decide(REPLICA_SITE) === 'lagging';
    const server = new ServerTransaction({
      role: this.#role,
      roleName: this.#roleName,
      lagMicros: isLagging ? REPLICA_LAG_MS * 1_000 : 0,
      startedMicros: this.host.databaseMicros(),
    });
    this.#begun.push(server);
    return server;
  }

  #commit<T>(server: ServerTransaction, value: T): Promise<Outcome<T>> {
    const choice = this.decide(COMMIT_SITE);
    return this.#send(server, () => this.#carryOut(choice, server, value));
  }

  #rollBack(server: ServerTransaction): Promise<void> {
    return this.#send(server, () => this.database.rollBack(server));
  }

  #carryOut<T>(choice: CommitChoice, server: ServerTransaction, value: T): Outcome<T> {
    if (choice === 'commit' || choice === 'lose-acknowledgement') this.database.commit(server);
    else this.database.rollBack(server);
    switch (choice) {
      case 'commit':
        return { kind: 'committed', value };
      case 'serialization-failure':
        return { kind: 'rolled-back', sqlState: SQL_STATES.serialization };
      case 'deadlock':
        return { kind: 'rolled-back', sqlState: SQL_STATES.deadlock };
      case 'lose-acknowledgement':
      case 'lose-commit':
        return { kind: 'unknown' };
    }
  }

  /** Sends COMMIT or ROLLBACK. From now on it is carried out even if the client ends; only the answer needs the client. */
  #send<R>(server: ServerTransaction, carryOut: () => R): Promise<R> {
    const { engine } = this.host;
    server.isEnding = true;
    return new Promise((resolve) => {
      const end = (): void => {
        const result = carryOut();
        engine.schedule(STATEMENT_MICROS, () => resolve(result), this.wakes);
      };
      engine.schedule(STATEMENT_MICROS, end, EVENTS.commit);
    });
  }

  #abandonAll(): void {
    for (const server of this.#begun) {
      if (server.isEnding) continue;
      if (server.isBusy) server.isOrphan = true;
      else this.database.rollBack(server);
    }
  }
}
