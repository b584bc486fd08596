// Step 18, the decrement: by the number of messages, even if some were counted before.
import { anyOf, increment, type Transaction } from '../../src/contract/store.ts';

/** Takes one unit for each uuid. Its reservation at the shared entry ends with it, so that it does not weigh twice on later entries. */
export async function decrement(tx: Transaction, tenantId: number, messageUuids: readonly string[]): Promise<void> {
  await tx.update('quota_ledger', { message_uuid: anyOf(messageUuids) }, { state: 'charged' });
  await tx.update('quota_accounts', { tenant_id: tenantId }, { units: increment(-messageUuids.length) });
}
