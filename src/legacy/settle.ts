// Settlement: one transaction per message. If one does not commit, recovery settles that message later, and the others are settled now.
import { retryOnce } from '../authority/retry-once.ts';
import type { Message } from '../contract/message.ts';
import type { Context } from '../contract/parts.ts';

/** Settles those of the messages that have ended, as the authority says; the service's answer is not used. */
export async function settle(context: Context, messages: readonly Message[]): Promise<void> {
  const { env, parts } = context;
  for (const { messageUuid } of messages) {
    const outcome = await retryOnce(env.store, (tx) => parts.settleOne(context, tx, messageUuid));
    if (outcome.kind !== 'committed') env.log(`SETTLEMENT_LEFT_TO_RECOVERY: message_uuid=${messageUuid}`);
  }
}
