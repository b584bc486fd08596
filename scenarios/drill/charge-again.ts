// The charge that several drills take once too often.
import type { Context, Parts } from '../../src/contract/parts.ts';
import { increment } from '../../src/contract/store.ts';
import { referenceParts } from '../../src/reference.ts';

/** What a charge is made for. */
type Settled = Parameters<Parts['settleQuota']>[2];

/** Charges as the reference does, and takes one more unit, without a trace in the ledger, for each charge that `isStruck` picks. */
export function chargeAgain(isStruck: (context: Context, settled: Settled) => boolean): Parts['settleQuota'] {
  return async (context, tx, settled) => {
    await referenceParts.settleQuota(context, tx, settled);
    if (settled.mode === 'SHADOW' || settled.state !== 'SENT' || !isStruck(context, settled)) return;
    await tx.update('quota_accounts', { tenant_id: settled.tenantId }, { units: increment(-1) });
  };
}
