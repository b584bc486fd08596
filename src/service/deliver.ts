// One live message through the service: admission, credentials, begin-send, one provider call, the record of it.
import type { BatchResult } from '../contract/batch.ts';
import type { Delivery, Message } from '../contract/message.ts';
import type { Context } from '../contract/parts.ts';
import { resultOf } from './batch-result.ts';

/** Sends a message if the service wins its authority. Throws when the outcome could not be recorded. */
export async function deliver(context: Context, message: Message): Promise<BatchResult> {
  const { parts } = context;
  const admission = await parts.admit(context, message);
  if (admission.kind === 'answered') return admission.result;
  const { grant } = admission;
  // Before begin-send, so that credentials that cannot be read leave a claim that lapses, not a send in doubt.
  const credentials = await parts.loadCredentials(context, message);
  if (!(await parts.beginSend(context, message, grant))) return resultOf(message, 'in_progress');
  const delivery: Delivery =
    credentials === undefined
      ? { kind: 'rejected', reason: 'no credentials' }
      : await parts.callProvider(context, message, credentials);
  await parts.recordDelivery(context, message, { grant, delivery });
  return resultOf(message, delivery.kind, delivery.kind === 'accepted' ? delivery.providerMessageId : null);
}
