// Converts the messages of a batch request.
import type { BatchRequest } from '../contract/batch.ts';
import type { Message } from '../contract/message.ts';

/** The messages of the request, in its order. */
export function messagesOf(request: BatchRequest): readonly Message[] {
  return request.messages.map(({ message_uuid, recipient, body, provider }) => ({
    messageUuid: message_uuid,
    tenantId: request.tenant_id,
    recipient,
    body,
    provider,
  }));
}
