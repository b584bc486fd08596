// The reconciliation command: lists the uuids for which the two logs differ. It only reports: it never repairs and never sends.
import type { Mismatch } from '../contract/authority.ts';
import type { Context } from '../contract/parts.ts';
import { mustCommit } from '../authority/retry-once.ts';

/** Returns the mismatches between rows older than the grace period. Throws StoreUnavailable if they cannot be read. */
export function reconcile(context: Context): Promise<readonly Mismatch[]> {
  const { env } = context;
  return mustCommit(env.store, (tx) => tx.call('reconcile', { graceMs: env.settings.reconcileGraceMs }));
}
