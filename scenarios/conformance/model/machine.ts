// What both systems of the model share: processes that a crash ends, transactions whose end can be unknown, and the provider.
import type { Role } from '../../../src/contract/message.ts';
import { Agenda } from './agenda.ts';
import type { Decisions } from './choices.ts';
import type { Delivered, Tables } from './tables.ts';
import { DATABASE_HOP_MS, PROVIDER_HOP_MS, providerTimeoutMs, RESTART_MS, SLOW_PROVIDER_MS } from './timings.ts';

/** One life of a process, from its start to a crash. */
export class Life {
  readonly system: Role;
  isAlive = true;
  readonly #atDeath: (() => void)[] = [];

  constructor(system: Role) {
    this.system = system;
  }

  /** Registers a function that is called when the life ends, such as that of a client with a connection to it. */
  onDeath(learn: () => void): void {
    this.#atDeath.push(learn);
  }

  /** Ends the life. */
  end(): void {
    this.isAlive = false;
    for (const learn of this.#atDeath) learn();
  }
}

/** A transaction: its number of statements, and its effect. */
export interface Work<T> {
  readonly statements: number;
  readonly carryOut: () => T;
}

/** The value of a committed transaction. Undefined for a rolled back and an unknown one, which are both retried once. */
export type KnownResult<T> = { readonly value: T } | undefined;

/** The time, rows, decisions and processes of one run of the model. */
export class Machine {
  readonly agenda = new Agenda();
  readonly tables: Tables;
  readonly decisions: Decisions;
  readonly #lives = { legacy: new Life('legacy'), service: new Life('service') };
  #tokens = 0;

  constructor(tables: Tables, decisions: Decisions) {
    this.tables = tables;
    this.decisions = decisions;
  }

  /** The current life of a process. */
  life(system: Role): Life {
    return this.#lives[system];
  }

  /** A token that no other attempt has. */
  newToken(): number {
    this.#tokens += 1;
    return this.#tokens;
  }

  /** Continues a process, unless it crashes at this moment or is dead. */
  wake(life: Life, goOn: () => void): void {
    if (!life.isAlive) return;
    if (this.decisions.decide(life.system) === 'go') return goOn();
    life.end();
    this.agenda.after(RESTART_MS, () => {
      this.#lives[life.system] = new Life(life.system);
    });
  }

  /** Runs one transaction. Once its COMMIT is sent, it commits even if its client dies. */
  transact<T>(life: Life, { statements, carryOut }: Work<T>, then: (result: KnownResult<T>) => void): void {
    this.agenda.after(statements * DATABASE_HOP_MS, () =>
      this.wake(life, () => {
        const choice = this.decisions.decide(`${life.system} commit`);
        this.agenda.after(DATABASE_HOP_MS, () => {
          const isCarriedOut = choice === 'commit' || choice === 'lose-acknowledgement';
          const value = isCarriedOut ? { value: carryOut() } : undefined;
          const result = choice === 'commit' ? value : undefined;
          this.agenda.after(DATABASE_HOP_MS, () => this.wake(life, () => then(result)));
        });
      }),
    );
  }

  /** Runs one transaction, and retries it once if it is not known to have committed. */
  askTwice<T>(life: Life, work: Work<T>, then: (result: KnownResult<T>) => void): void {
    this.transact(life, work, (result) => {
      if (result === undefined) this.transact(life, work, then);
      else then(result);
    });
  }

  /** Makes one call to the provider, without a retry. The request arrives even if the caller dies. */
  callProvider(life: Life, then: (delivered: Delivered) => void): void {
    const choice = this.decisions.decide('provider');
    const answer = (delivered: Delivered, afterMs = 2 * PROVIDER_HOP_MS): void => {
      this.agenda.after(afterMs, () => this.wake(life, () => then(delivered)));
    };
    const accept = (afterMs = PROVIDER_HOP_MS): void => {
      this.agenda.after(afterMs, () => {
        this.tables.accepts[life.system] += 1;
      });
    };
    switch (choice) {
      case 'accept':
        accept();
        return answer('accepted');
      case 'slow':
        accept(PROVIDER_HOP_MS + SLOW_PROVIDER_MS);
        // Its late reply still reaches the process, which ignores it.
        this.agenda.after(2 * PROVIDER_HOP_MS + SLOW_PROVIDER_MS, () => this.wake(life, () => undefined));
        return answer('unknown', providerTimeoutMs);
      case 'accept-lose-reply':
      case 'error-accepted':
        accept();
        return answer('unknown');
      case 'error-not-accepted':
        return answer('unknown');
      case 'reject':
      case 'too-many-requests':
      case 'refuse':
      case 'reset-before':
        return answer('rejected');
    }
  }
}
