// Reads the body of a batch request. A missing field is never filled in, above all not a uuid or dry_run.
import type { BatchMessage, BatchRequest } from '../contract/batch.ts';
import { isFields, parseFields } from '../contract/json.ts';

/** A request, or the reason why the body is refused. */
export type ParsedBatch =
  { readonly kind: 'request'; readonly request: BatchRequest } | { readonly kind: 'refused'; readonly reason: string };

/** Reads the JSON text of a batch request. Only `campaign_id` can be absent; it is then null. */
export function parseBatch(body: string): ParsedBatch {
  const fields = parseFields(body);
  if (fields === undefined) return refuse('expected a JSON object');
  const tenantId = fields['tenant_id'];
  const campaignId = fields['campaign_id'] ?? null;
  const dryRun = fields['dry_run'];
  const messages = fields['messages'];
  if (!isInteger(tenantId)) return refuse('tenant_id: expected an integer');
  if (campaignId !== null && !isInteger(campaignId)) return refuse('campaign_id: expected an integer or null');
  if (typeof dryRun !== 'boolean') return refuse('dry_run: expected true or false');
  if (!Array.isArray(messages) || messages.length === 0) return refuse('messages: expected at least one');
  const read = messages.map(readMessage);
  if (!read.every((message) => message !== undefined)) {
    return refuse('messages: expected message_uuid, recipient, body and provider in each');
  }
  return {
    kind: 'request',
    request: { tenant_id: tenantId, campaign_id: campaignId, dry_run: dryRun, messages: read },
  };
}

function readMessage(value: unknown): BatchMessage | undefined {
  if (!isFields(value)) return undefined;
  const [message_uuid, recipient] = [value['message_uuid'], value['recipient']];
  const [body, provider] = [value['body'], value['provider']];
  if (!isText(message_uuid) || !isText(recipient) || typeof body !== 'string' || !isText(provider)) return undefined;
  return { message_uuid, recipient, body, provider };
}

function refuse(reason: string): ParsedBatch {
  return { kind: 'refused', reason };
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
