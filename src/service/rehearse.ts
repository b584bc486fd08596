// The dry run. It has no access to provider or credentials, and its log rows have their own key, so a dry run never counts as a send.
import { mustCommit } from '../authority/retry-once.ts';
import type { BatchResult } from '../contract/batch.ts';
import type { Message } from '../contract/message.ts';
import type { Context } from '../contract/parts.ts';
import { resultOf } from './batch-result.ts';

/** Logs the dry run of one message and accepts it. Throws StoreUnavailable if the log row does not commit. */
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
