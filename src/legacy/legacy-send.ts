// The legacy app's own sender, in every mode. It sends only messages whose authority it wins.
import type { Message } from '../contract/message.ts';
import type { Context, FallbackCause, Grant } from '../contract/parts.ts';
import { requireUuids } from './require-uuids.ts';

/** Competes for each message separately, a few at a time: if one is lost, slow or fails, the others are still sent. */
export async function legacySend(context: Context, messages: readonly Message[], cause?: FallbackCause): Promise<void> {
  requireUuids(messages.map((message) => message.messageUuid));
  const jobs = messages.map((message) => () => sendOne(context, message, cause));
  await context.parts.runWorkers(context, jobs).finished;
}

async function sendOne(context: Context, message: Message, cause: FallbackCause | undefined): Promise<void> {
  const { env, parts } = context;
  const token = env.uuid();
  const claim = await parts.claim(context, message, token);
  if (claim?.kind !== 'granted') return;
  // Read before begin-send: if reading fails, the claim expires. After begin-send the message would stay SENDING and become UNKNOWN.
  const credentials = await parts.loadCredentials(context, message);
  const grant: Grant = { epoch: claim.epoch, token };
  if (!(await parts.beginSend(context, message, grant))) return;
  if (credentials === undefined) {
    const delivery = { kind: 'rejected', reason: 'no credentials' } as const;
    await parts.settleAuthority(context, message, { epoch: grant.epoch, delivery });
    return;
  }
  if (cause !== undefined) {
    env.log(`LEGACY_SEND_FALLBACK_ON_MODE: message_uuid=${message.messageUuid} cause=${cause}`);
  }
  const delivery = await parts.callProvider(context, message, credentials);
  await parts.settleAuthority(context, message, { epoch: grant.epoch, delivery });
}
