// What the service answers for a uuid that another attempt holds. It reports only its own sends, and `duplicate` only after an acceptance.
import type { Claim } from '../contract/authority.ts';
import type { BatchResult } from '../contract/batch.ts';
import type { Message } from '../contract/message.ts';
import { resultOf } from './batch-result.ts';

/** The result for a held uuid: `in_progress` if the legacy app holds it, otherwise the state of the service's earlier attempt. */
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
