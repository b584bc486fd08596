// The rest of `settleQuota` for mutants that take the unit of a message in another way.
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';

/** The part `settleQuota` that charges through `charge`; all else is as in the reference. */
export function chargeBy(
  charge: (context: Context, tx: Transaction, tenantId: number) => Promise<unknown>,
): Parts['settleQuota'] {
  return async (context, tx, { messageUuid, tenantId, mode, state }) => {
    if (mode === 'SHADOW' || state === 'UNKNOWN') return;
    const next = state === 'SENT' ? 'charged' : 'released';
    const moved = await tx.update('quota_ledger', { message_uuid: messageUuid, state: 'reserved' }, { state: next });
    if (moved.length > 0 && state === 'SENT') await charge(context, tx, tenantId);
  };
}

/** Takes one unit: reads the balance without a lock and writes the new number. */
export async function writeBalance(tx: Transaction, tenantId: number): Promise<void> {
  const [balance] = await tx.select('quota_accounts', { tenant_id: tenantId });
  await tx.update('quota_accounts', { tenant_id: tenantId }, { units: (balance?.units ?? 0) - 1 });
}
