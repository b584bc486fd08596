// Step 15, updateLog: the outcome is written into the service's own log alone.
import { mustCommit } from '../../src/authority/retry-once.ts';
import type { Delivery, Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';

/** Updates the message's row. */
export async function recordDelivery(
  context: Context,
  message: Message,
  { delivery }: { delivery: Delivery },
): Promise<void> {
  await mustCommit(context.env.store, (tx) =>
    tx.update(
      'go_sms_logs',
      { message_uuid: message.messageUuid, dry_run: false },
      {
        status: delivery.kind,
        provider_message_id: delivery.kind === 'accepted' ? delivery.providerMessageId : null,
      },
    ),
  );
}
