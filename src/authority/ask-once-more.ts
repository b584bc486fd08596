// Transactions whose answer may be lost. Everything asked here is safe to ask twice: it carries a token, an epoch or a guard of its own.
import type { Outcome, Store, Transaction } from '../contract/store.ts';

/** SQL state classes of a database that was in trouble rather than in disagreement: connection, rollback, operator intervention. */
const PASSING_CLASSES: ReadonlySet<string> = new Set(['08', '40', '57']);

/** The database did not answer, twice. Nothing may be sent on the strength of what it did not say. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Runs `work`, and once more when its outcome is unknown or was rolled back by a passing trouble. Answers the last outcome. */
export async function askOnceMore<T>(store: Store, work: (tx: Transaction) => Promise<T>): Promise<Outcome<T>> {
  const outcome = await store.transaction(work);
  return isWorthAsking(outcome) ? store.transaction(work) : outcome;
}

/** The committed value of `work`, asked for once more if need be; throws StoreUnavailable when there is none. */
export async function demand<T>(store: Store, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const outcome = await askOnceMore(store, work);
  if (outcome.kind === 'committed') return outcome.value;
  const reason = outcome.kind === 'unknown' ? 'no answer to COMMIT' : `SQL state ${outcome.sqlState}`;
  throw new StoreUnavailable(`expected a committed transaction, received: ${reason}`);
}

function isWorthAsking(outcome: Outcome<unknown>): boolean {
  if (outcome.kind === 'unknown') return true;
  return outcome.kind === 'rolled-back' && PASSING_CLASSES.has(outcome.sqlState.slice(0, 2));
}
