// A batch of the legacy app as the request that the service understands.
import type { BatchRequest } from '../contract/batch.ts';
import type { DispatchBatch } from '../contract/parts.ts';

/** The request for all messages of a batch. */
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
