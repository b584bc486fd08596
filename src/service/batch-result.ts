// The result of one message in a batch response.
import type { BatchResult } from '../contract/batch.ts';
import type { Message, Status } from '../contract/message.ts';

/** The result of one message. Only an accepted message has the provider's id. */
export function resultOf(message: Message, status: Status, providerMessageId: string | null = null): BatchResult {
  return { message_uuid: message.messageUuid, status, provider_message_id: providerMessageId };
}
