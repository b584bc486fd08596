// The reconciliation command: what the two logs say differently of one uuid. It reports; it never repairs and never sends.
import type { Mismatch } from '../contract/authority.ts';
import type { Context } from '../contract/parts.ts';
import { mustCommit } from '../authority/retry-once.ts';

/** The mismatches of all rows older than the grace period. */
export function reconcile(context: Context): Promise<readonly Mismatch[]> {
  const { env } = context;
  return mustCommit(env.store, (tx) => tx.call('reconcile', { graceMs: env.settings.reconcileGraceMs }));
}
