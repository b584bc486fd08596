// Step 18, the legacy sender: the old code, wrapped. It sends all messages of a batch and asks no authority. It logs the fallback once per
// tenant, and decrements only in OFF, as the mode table of Section 0 says.
import { mustCommit } from '../../src/authority/retry-once.ts';
import type { Delivery, Message } from '../../src/contract/message.ts';
import type { Context, FallbackCause } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import { requireUuids } from '../../src/legacy/require-uuids.ts';
import { decrement } from './decrement.ts';

/** Sends all messages and logs each one after its send. Throws when a uuid is missing. */
export async function legacySend(context: Context, messages: readonly Message[], cause?: FallbackCause): Promise<void> {
  requireUuids(messages.map((message) => message.messageUuid));
  const [first] = messages;
  if (cause !== undefined && first !== undefined) {
    context.env.log(`LEGACY_SEND_FALLBACK_ON_MODE: ${JSON.stringify({ tenant_id: first.tenantId })}`);
  }
  const jobs = messages.map((message) => () => sendOne(context, message));
  await context.parts.runWorkers(context, jobs).finished;
}

async function sendOne(context: Context, message: Message): Promise<void> {
  const { env, parts } = context;
  const credentials = await parts.loadCredentials(context, message);
  const delivery: Delivery =
    credentials === undefined
      ? { kind: 'rejected', reason: 'no credentials' }
      : await parts.callProvider(context, message, credentials);
  await mustCommit(env.store, (tx) => log(tx, message, delivery));
}

async function log(tx: Transaction, message: Message, delivery: Delivery): Promise<void> {
  const { messageUuid, tenantId } = message;
  const isAccepted = delivery.kind === 'accepted';
  await tx.insert(
    'sms_logs',
    {
      message_uuid: messageUuid,
      tenant_id: tenantId,
      source: 'legacy',
      status: delivery.kind,
      provider_message_id: isAccepted ? delivery.providerMessageId : null,
    },
    { onConflict: 'ignore' },
  );
  const [item] = await tx.update('campaign_sms', { message_uuid: messageUuid }, { settled: true });
  if (isAccepted && item?.mode === 'OFF') await decrement(tx, tenantId, [messageUuid]);
}
