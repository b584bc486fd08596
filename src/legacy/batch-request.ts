// Converts a batch of the legacy app into a request to the service.
import type { BatchRequest } from '../contract/batch.ts';
import type { DispatchBatch } from '../contract/parts.ts';

/** The request with all messages of a batch, in their order. */
export function batchRequestOf(batch: DispatchBatch, { dryRun }: { dryRun: boolean }): BatchRequest {
  return {
    tenant_id: batch.tenantId,
    campaign_id: batch.campaignId,
    dry_run: dryRun,
    messages: batch.messages.map(({ messageUuid, recipient, body, provider }) => ({
      message_uuid: messageUuid,
      recipient,
      body,
      provider,
    })),
  };
}
