// An advisory lock, held until the transaction ends.
import type { Wait } from '../locks.ts';
import { StoreCommand, type Issuer } from './command.ts';

/** Takes one advisory lock. */
export class LockKey extends StoreCommand<void> {
  readonly verb = 'lock';
  readonly about: string;
  protected readonly result = undefined;

  constructor(issuer: Issuer, key: string) {
    super(issuer);
    this.about = key;
  }

  protected advance(): Wait | undefined {
    return this.database.locks.takeKey(this.server, this.about);
  }
}
