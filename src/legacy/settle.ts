// Settlement: one transaction per message that has ended. One that fails is left to recovery and spares the others.
import { retryOnce } from '../authority/retry-once.ts';
import type { Message } from '../contract/message.ts';
import type { Context } from '../contract/parts.ts';

/** Settles the messages that have ended. It reads the authority, not the service's answer. */
export async function settle(context: Context, messages: readonly Message[]): Promise<void> {
  const { env, parts } = context;
  for (const { messageUuid } of messages) {
    const outcome = await retryOnce(env.store, (tx) => parts.settleOne(context, tx, messageUuid));
    if (outcome.kind !== 'committed') env.log(`SETTLEMENT_LEFT_TO_RECOVERY: message_uuid=${messageUuid}`);
  }
}
