// The charge that several drills take once too often.
import { increment, type Transaction } from '../../src/contract/store.ts';

/** Takes one more unit from the tenant's balance, without a trace in the ledger. */
export async function chargeAgain(tx: Transaction, tenantId: number): Promise<void> {
  await tx.update('email_s_m_s_limit_rates', { owner_id: tenantId }, { sms: increment(-1) });
}
