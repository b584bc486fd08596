// Step 15, results: a message is accepted or failed, and nothing else. A provider call that timed out counts as failed.
import type { HttpOutcome } from '../../src/contract/http.ts';
import type { Delivery } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import { referenceParts } from '../../src/reference.ts';

/** Every outcome other than an acceptance is a rejection. */
export function classifyDelivery(context: Context, outcome: HttpOutcome): Delivery {
  const delivery = referenceParts.classifyDelivery(context, outcome);
  return delivery.kind === 'unknown' ? { kind: 'rejected', reason: delivery.reason } : delivery;
}
