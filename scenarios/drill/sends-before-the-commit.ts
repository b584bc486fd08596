// The provider is called inside the transaction of begin-send, between its statement and its commit.
import type { Delivery, Message } from '../../src/contract/message.ts';
import { retryOnce } from '../../src/authority/retry-once.ts';
import type { Context, Grant } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from '../mutants/sabotage.ts';

/** What the provider answered inside the transaction, by message. */
const early = new WeakMap<Message, Delivery>();

async function beginSend(context: Context, message: Message, grant: Grant): Promise<boolean> {
  const credentials = await referenceParts.loadCredentials(context, message);
  const { messageUuid } = message;
  const outcome = await retryOnce(context.env.store, async (tx) => {
    const isGranted = await tx.call('sa_begin_send', { messageUuid, epoch: grant.epoch, token: grant.token });
    if (isGranted && credentials !== undefined && !early.has(message)) {
      early.set(message, await referenceParts.callProvider(context, message, credentials));
    }
    return isGranted;
  });
  return outcome.kind === 'committed' && outcome.value;
}

async function callProvider(
  context: Context,
  message: Message,
  credentials: Parameters<typeof referenceParts.callProvider>[2],
): Promise<Delivery> {
  return early.get(message) ?? referenceParts.callProvider(context, message, credentials);
}

/** The reference with `beginSend` and `callProvider` replaced. */
export const system: System = sabotage(
  { beginSend, callProvider },
  { name: 'sends-before-the-commit', module: import.meta.url },
);
