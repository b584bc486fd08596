// An advisory lock, held until the transaction ends.
import type { Wait } from '../locks.ts';
import { Command, type Issuer } from './command.ts';

/** Takes one advisory lock. */
export class LockKey extends Command<void> {
  protected readonly result = undefined;
  readonly #key: string;

  constructor(issuer: Issuer, key: string) {
    super(issuer);
    this.#key = key;
  }

  protected advance(): Wait | undefined {
    return this.database.locks.takeKey(this.server, this.#key);
  }
}
