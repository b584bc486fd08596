// Writes the outcome of a send into the authority. Failing here leaves SENDING behind, which recovery surfaces as UNKNOWN.
import type { Delivery, Message } from '../contract/message.ts';
import type { Context } from '../contract/parts.ts';
import { retryOnce } from './retry-once.ts';
import { settlementOf } from './settlement-of.ts';

/** sa_settle; false when the authority did not change, or it is unknown whether it did. */
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
