// Step 15, the body of the worker: idempotency by the log row, credentials, the provider call, updateLog. There is no authority to win.
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Delivery, Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import { resultOf } from '../../src/service/batch-result.ts';

/** Sends a message whose row was new. */
export async function deliver(context: Context, message: Message): Promise<BatchResult> {
  const { parts } = context;
  const admission = await parts.admit(context, message);
  if (admission.kind === 'answered') return admission.result;
  const credentials = await parts.loadCredentials(context, message);
  const delivery: Delivery =
    credentials === undefined
      ? { kind: 'rejected', reason: 'no credentials' }
      : await parts.callProvider(context, message, credentials);
  await parts.recordDelivery(context, message, { grant: admission.grant, delivery });
  return resultOf(message, delivery.kind, delivery.kind === 'accepted' ? delivery.providerMessageId : null);
}
