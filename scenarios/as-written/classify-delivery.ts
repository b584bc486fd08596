// Step 15, results: a message is accepted or failed, there is no third. A provider call that timed out counts as failed.
import type { HttpOutcome } from '../../src/contract/http.ts';
import type { Delivery } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import { referenceParts } from '../../src/reference.ts';

/** Reads every outcome that is no acceptance as a rejection. */
export function classifyDelivery(context: Context, outcome: HttpOutcome): Delivery {
  const delivery = referenceParts.classifyDelivery(context, outcome);
  return delivery.kind === 'unknown' ? { kind: 'rejected', reason: delivery.reason } : delivery;
}
