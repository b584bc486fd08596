// The charge that several drills make once too often.
import type { Context, Parts } from '../../src/contract/parts.ts';
import { increment } from '../../src/contract/store.ts';
import { referenceParts } from '../../src/reference.ts';

/** The settled message that is charged. */
type Settled = Parameters<Parts['settleQuota']>[2];

/** Charges as the reference does. If `isStruck`, takes one more unit, without a row in the ledger. */
export function chargeAgain(isStruck: (context: Context, settled: Settled) => boolean): Parts['settleQuota'] {
  return async (context, tx, settled) => {
    await referenceParts.settleQuota(context, tx, settled);
    if (settled.mode === 'SHADOW' || settled.state !== 'SENT' || !isStruck(context, settled)) return;
    await tx.update('quota_accounts', { tenant_id: settled.tenantId }, { units: increment(-1) });
  };
}
