// The dry-run guard. It knows no provider and no credentials, and its rows have a key of their own: a rehearsal never stands in for a send.
import { mustCommit } from '../authority/retry-once.ts';
import type { BatchResult } from '../contract/batch.ts';
import type { Message } from '../contract/message.ts';
import type { Context } from '../contract/parts.ts';
import { resultOf } from './batch-result.ts';

/** Logs the rehearsal of one message and accepts it. */
export async function rehearse(context: Context, message: Message): Promise<BatchResult> {
  const { env } = context;
  const { messageUuid, tenantId, recipient, body } = message;
  env.log(`DRY_RUN_NO_PROVIDER_CALL: message_uuid=${messageUuid}`);
  await mustCommit(env.store, (tx) =>
    tx.insert(
      'go_sms_logs',
      { message_uuid: messageUuid, dry_run: true, tenant_id: tenantId, recipient, body, status: 'accepted' },
      { onConflict: 'ignore' },
    ),
  );
  return resultOf(message, 'accepted');
}
