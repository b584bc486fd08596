// What the service answers for a uuid it was not granted. It reports its own sends only, and `duplicate` only after an acceptance.
import type { Claim } from '../contract/authority.ts';
import type { BatchResult } from '../contract/batch.ts';
import type { Message } from '../contract/message.ts';
import { resultOf } from './batch-result.ts';

/** The result for a uuid that another attempt holds. */
export function answerHeld(message: Message, claim: Extract<Claim, { kind: 'held' }>): BatchResult {
  if (claim.holder !== 'service') return resultOf(message, 'in_progress');
  switch (claim.state) {
    case 'SENT':
      return resultOf(message, 'duplicate', claim.providerMessageId);
    case 'NOT_SENT':
      return resultOf(message, 'rejected');
    case 'UNKNOWN':
      return resultOf(message, 'unknown');
    default:
      return resultOf(message, 'in_progress');
  }
}
