// Step 18, quota decrement fix: the results of the answer are taken for the truth. One transaction writes the log rows and decrements by
// the number of `accepted` and `duplicate` results. There is no check of the mode, as in the runbook's after-block.
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import { decrement } from './decrement.ts';

/** Writes the results that the service answered. Without an answer it writes nothing. */
export async function settle(
  context: Context,
  messages: readonly Message[],
  results: readonly BatchResult[],
): Promise<void> {
  const [first] = messages;
  if (first === undefined || results.length === 0) return;
  const outcome = await context.env.store.transaction((tx) => write(tx, first.tenantId, results));
  if (outcome.kind !== 'committed') context.env.log(`SETTLEMENT_FAILED: tenant_id=${first.tenantId}`);
}

async function write(tx: Transaction, tenantId: number, results: readonly BatchResult[]): Promise<void> {
  for (const { message_uuid, status, provider_message_id } of results) {
    const row = { message_uuid, tenant_id: tenantId, source: 'go', status, provider_message_id } as const;
    await tx.insert('sms_logs', row, { onConflict: 'ignore' });
    await tx.update('campaign_sms', { message_uuid }, { settled: true });
  }
  const accepted = results.filter(({ status }) => status === 'accepted' || status === 'duplicate');
  if (accepted.length === 0) return;
  await decrement(
    tx,
    tenantId,
    accepted.map(({ message_uuid }) => message_uuid),
  );
}
