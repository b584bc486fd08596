// Transactions whose answer may be lost. Each of them is safe to run twice: it carries a token, an epoch or a guard of its own.
import type { Outcome, Store, Transaction } from '../contract/store.ts';

/** SQL state classes of errors that may pass: connection, rollback, operator intervention. A retry of any other would fail again. */
const PASSING_CLASSES: ReadonlySet<string> = new Set(['08', '40', '57']);

/** The database did not answer, twice. Without its answer nothing may be sent. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Runs `work`, and once more when its outcome is unknown or an error that may pass rolled it back. Answers the last outcome. */
export async function retryOnce<T>(store: Store, work: (tx: Transaction) => Promise<T>): Promise<Outcome<T>> {
  const outcome = await store.transaction(work);
  return isWorthRetrying(outcome) ? store.transaction(work) : outcome;
}

/** The committed value of `work`, which is retried once if need be; throws StoreUnavailable when it does not commit. */
export async function mustCommit<T>(store: Store, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const outcome = await retryOnce(store, work);
  if (outcome.kind === 'committed') return outcome.value;
  const reason = outcome.kind === 'unknown' ? 'no answer to COMMIT' : `SQL state ${outcome.sqlState}`;
  throw new StoreUnavailable(`expected a committed transaction, received: ${reason}`);
}

function isWorthRetrying(outcome: Outcome<unknown>): boolean {
  if (outcome.kind === 'unknown') return true;
  return outcome.kind === 'rolled-back' && PASSING_CLASSES.has(outcome.sqlState.slice(0, 2));
}
