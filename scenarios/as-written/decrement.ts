// Step 18, the decrement: by the number of messages, even if some were already charged.
import { anyOf, increment, type Transaction } from '../../src/contract/store.ts';

/** Takes one unit per uuid, and ends its reservation from the shared entry: otherwise later entries would count the message twice. */
export async function decrement(tx: Transaction, tenantId: number, messageUuids: readonly string[]): Promise<void> {
  await tx.update('quota_ledger', { message_uuid: anyOf(messageUuids) }, { state: 'charged' });
  await tx.update('quota_accounts', { tenant_id: tenantId }, { units: increment(-messageUuids.length) });
}
