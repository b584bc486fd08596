// Retries of transactions whose answer can be lost. Each is idempotent: it carries a token or an epoch, or checks the state it changes.
import type { Outcome, Store, Transaction } from '../contract/store.ts';

/** SQL state classes of transient errors: connection, rollback, operator intervention. After any other error a retry would fail too. */
const TRANSIENT_CLASSES: ReadonlySet<string> = new Set(['08', '40', '57']);

/** A transaction that must commit did not, or its outcome stays unknown. Without the commit nothing is sent. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Runs `work`, and once more if its outcome is unknown or a transient error rolled it back. Returns the last outcome. */
export async function retryOnce<T>(store: Store, work: (tx: Transaction) => Promise<T>): Promise<Outcome<T>> {
  const outcome = await store.transaction(work);
  return isWorthRetrying(outcome) ? store.transaction(work) : outcome;
}

/** Returns the committed value of `work`, after one retry if needed. Throws StoreUnavailable if it does not commit. */
export async function mustCommit<T>(store: Store, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const outcome = await retryOnce(store, work);
  if (outcome.kind === 'committed') return outcome.value;
  const reason = outcome.kind === 'unknown' ? 'no answer to COMMIT' : `SQL state ${outcome.sqlState}`;
  throw new StoreUnavailable(`expected a committed transaction, received: ${reason}`);
}

function isWorthRetrying(outcome: Outcome<unknown>): boolean {
  if (outcome.kind === 'unknown') return true;
  return outcome.kind === 'rolled-back' && TRANSIENT_CLASSES.has(outcome.sqlState.slice(0, 2));
}
