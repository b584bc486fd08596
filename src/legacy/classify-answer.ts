// Turns the outcome of an HTTP call into an answer or the cause of the failure. A cause never shows whether the messages were sent.
import type { BatchResult } from '../contract/batch.ts';
import type { HttpOutcome } from '../contract/http.ts';
import { isFields, parseFields } from '../contract/json.ts';
import { STATUSES, type Status } from '../contract/message.ts';
import type { ServiceCall } from '../contract/parts.ts';

/** Only 2xx counts as an answer, and only if every one of its results can be read. */
export function classifyAnswer(outcome: HttpOutcome): ServiceCall {
  if (outcome.kind === 'failure') {
    return { kind: 'failed', cause: outcome.reason === 'timeout' ? 'timeout' : 'transport-failure' };
  }
  if (outcome.status >= 400 && outcome.status < 500) return { kind: 'failed', cause: 'rejected-request' };
  const results = outcome.status >= 200 && outcome.status < 300 ? readResults(outcome.body) : undefined;
  return results === undefined ? { kind: 'failed', cause: 'bad-answer' } : { kind: 'answered', results };
}

function readResults(body: string): readonly BatchResult[] | undefined {
  const results = parseFields(body)?.['results'];
  if (!Array.isArray(results)) return undefined;
  const read = results.map(readResult);
  return read.every((result) => result !== undefined) ? read : undefined;
}

function readResult(result: unknown): BatchResult | undefined {
  if (!isFields(result)) return undefined;
  const messageUuid = result['message_uuid'];
  const status = readStatus(result['status']);
  const providerMessageId = result['provider_message_id'] ?? null;
  if (typeof messageUuid !== 'string' || status === undefined) return undefined;
  if (providerMessageId !== null && typeof providerMessageId !== 'string') return undefined;
  return { message_uuid: messageUuid, status, provider_message_id: providerMessageId };
}

/** The runbook's word `failed` is read as `rejected`. */
function readStatus(word: unknown): Status | undefined {
  return word === 'failed' ? 'rejected' : STATUSES.find((status) => status === word);
}
