// Records the outcome of a send: the authority and the service's own log change in one transaction.
import { mustCommit } from '../authority/retry-once.ts';
import { settlementOf } from '../authority/settlement-of.ts';
import type { Delivery, Message } from '../contract/message.ts';
import type { Context, Grant } from '../contract/parts.ts';

/** Records the outcome of a send. Throws StoreUnavailable if it cannot: the authority stays SENDING until recovery makes it UNKNOWN. */
export async function recordDelivery(
  context: Context,
  message: Message,
  sent: { grant: Grant; delivery: Delivery },
): Promise<void> {
  const { messageUuid } = message;
  const { state, providerMessageId } = settlementOf(sent.delivery);
  await mustCommit(context.env.store, async (tx) => {
    await tx.call('sa_settle', { messageUuid, epoch: sent.grant.epoch, state, providerMessageId });
    await tx.update(
      'go_sms_logs',
      { message_uuid: messageUuid, dry_run: false },
      { status: sent.delivery.kind, provider_message_id: providerMessageId },
    );
  });
}
