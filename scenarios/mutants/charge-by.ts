// What mutants share that take the unit of a message in a way of their own.
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';

/** The part `settleQuota` whose charge is made by `charge`; all else is as in the reference. */
export function chargeBy(
  charge: (context: Context, tx: Transaction, ownerId: number) => Promise<unknown>,
): Parts['settleQuota'] {
  return async (context, tx, { messageUuid, tenantId, mode, state }) => {
    if (mode === 'SHADOW' || state === 'UNKNOWN') return;
    const next = state === 'SENT' ? 'charged' : 'released';
    const moved = await tx.update('quota_ledger', { message_uuid: messageUuid, state: 'reserved' }, { state: next });
    if (moved.length > 0 && state === 'SENT') await charge(context, tx, tenantId);
  };
}

/** Reads the balance without a lock, and writes it back as a number. */
export async function writeBalance(tx: Transaction, ownerId: number): Promise<void> {
  const [balance] = await tx.select('email_s_m_s_limit_rates', { owner_id: ownerId });
  await tx.update('email_s_m_s_limit_rates', { owner_id: ownerId }, { sms: (balance?.sms ?? 0) - 1 });
}
