// Writes the outcome of a send into the authority. If this fails, the row stays SENDING, and recovery turns it into UNKNOWN.
import type { Delivery, Message } from '../contract/message.ts';
import type { Context } from '../contract/parts.ts';
import { retryOnce } from './retry-once.ts';
import { settlementOf } from './settlement-of.ts';

/** Calls sa_settle; false if the authority did not change or it is unknown whether it did. */
export async function settleAuthority(
  context: Context,
  message: Message,
  settled: { epoch: number; delivery: Delivery },
): Promise<boolean> {
  const outcome = await retryOnce(context.env.store, (tx) =>
    tx.call('sa_settle', {
      messageUuid: message.messageUuid,
      epoch: settled.epoch,
      ...settlementOf(settled.delivery),
    }),
  );
  return outcome.kind === 'committed' && outcome.value;
}
