// Reads an outcome of the provider's API. Only what is certain counts as accepted or rejected; otherwise the message may have been sent.
import type { HttpOutcome } from '../contract/http.ts';
import { parseFields } from '../contract/json.ts';
import type { Delivery } from '../contract/message.ts';

/** 2xx with an id is accepted; 4xx, and a failure before a byte was written, is rejected; everything else is unknown. */
export function classifyDelivery(outcome: HttpOutcome): Delivery {
  if (outcome.kind === 'failure') {
    return { kind: outcome.definite ? 'rejected' : 'unknown', reason: outcome.reason };
  }
  const { status, body } = outcome;
  if (status >= 400 && status < 500) return { kind: 'rejected', reason: `status ${status}` };
  const sid = status >= 200 && status < 300 ? sidOf(body) : undefined;
  return sid === undefined
    ? { kind: 'unknown', reason: `status ${status}` }
    : { kind: 'accepted', providerMessageId: sid };
}

function sidOf(body: string): string | undefined {
  const sid = parseFields(body)?.['sid'];
  return typeof sid === 'string' && sid !== '' ? sid : undefined;
}
