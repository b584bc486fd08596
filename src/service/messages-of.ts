// The messages of a batch request in the words of the system.
import type { BatchRequest } from '../contract/batch.ts';
import type { Message } from '../contract/message.ts';

/** One message for each of the request, in its order. */
export function messagesOf(request: BatchRequest): readonly Message[] {
  return request.messages.map(({ message_uuid, recipient, body, provider }) => ({
    messageUuid: message_uuid,
    tenantId: request.tenant_id,
    recipient,
    body,
    provider,
  }));
}
