// Begins a send. This cannot be undone: from here on the uuid has no lease, so a slow provider call never frees it for a second sender.
import type { Message } from '../contract/message.ts';
import type { Context, Grant } from '../contract/parts.ts';
import { retryOnce } from './retry-once.ts';

/** Calls sa_begin_send; false if it is refused or its outcome stays unknown. */
export async function beginSend(context: Context, message: Message, grant: Grant): Promise<boolean> {
  const outcome = await retryOnce(context.env.store, (tx) =>
    tx.call('sa_begin_send', { messageUuid: message.messageUuid, epoch: grant.epoch, token: grant.token }),
  );
  return outcome.kind === 'committed' && outcome.value;
}
