// Step 15, idempotency: only the row of go_sms_logs decides. An existing row is answered `duplicate`, regardless of its status.
import { mustCommit } from '../../src/authority/retry-once.ts';
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, Grant } from '../../src/contract/parts.ts';
import { resultOf } from '../../src/service/batch-result.ts';

/** The parts pass a grant on, but the runbook has no authority that grants one. */
const NO_GRANT: Grant = { epoch: 0, token: '' };

/** Inserts the row. Answers `duplicate` if the row exists. */
export async function admit(
  context: Context,
  message: Message,
): Promise<{ kind: 'granted'; grant: Grant } | { kind: 'answered'; result: BatchResult }> {
  const { messageUuid, tenantId, recipient, body } = message;
  const row = { message_uuid: messageUuid, dry_run: false, tenant_id: tenantId, recipient, body } as const;
  const inserted = await mustCommit(context.env.store, (tx) =>
    tx.insert('go_sms_logs', { ...row, status: 'pending' }, { onConflict: 'ignore' }),
  );
  if (inserted === undefined) return { kind: 'answered', result: resultOf(message, 'duplicate') };
  return { kind: 'granted', grant: NO_GRANT };
}
