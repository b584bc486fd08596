// How the service sends one live message: claim, credentials, begin-send, one provider call, record of the outcome.
import type { BatchResult } from '../contract/batch.ts';
import type { Delivery, Message } from '../contract/message.ts';
import type { Context } from '../contract/parts.ts';
import { resultOf } from './batch-result.ts';

/** Sends a message if the service wins its authority. Throws if the credentials cannot be read or the outcome cannot be recorded. */
export async function deliver(context: Context, message: Message): Promise<BatchResult> {
  const { parts } = context;
  const admission = await parts.admit(context, message);
  if (admission.kind === 'answered') return admission.result;
  const { grant } = admission;
  // Read before begin-send: if reading fails, the claim expires. After begin-send the message would stay SENDING and become UNKNOWN.
  const credentials = await parts.loadCredentials(context, message);
  if (!(await parts.beginSend(context, message, grant))) return resultOf(message, 'in_progress');
  const delivery: Delivery =
    credentials === undefined
      ? { kind: 'rejected', reason: 'no credentials' }
      : await parts.callProvider(context, message, credentials);
  await parts.recordDelivery(context, message, { grant, delivery });
  return resultOf(message, delivery.kind, delivery.kind === 'accepted' ? delivery.providerMessageId : null);
}
