// The request of a client that repeats a uuid with another payload, built from what the observers saw of the first request.
import type { BatchRequest } from '../../src/contract/batch.ts';
import type { FaultOf } from '../faults/catalogue.ts';
import type { EventOf } from '../formats/event.ts';
import { bodyDigestOf } from '../history/body-digest.ts';
import { wordOf } from '../history/status-word.ts';
import { parseResults } from './batch-wire.ts';
import type { UserAnswer } from './user.ts';

/** What the provider stub saw of the attempt. */
export type SeenAttempt = Pick<EventOf<'attempt'>, 'system' | 'item' | 'recipient' | 'body'>;

/** What a tap saw of a request for the message. */
export type KnownRequest = Pick<EventOf<'request'>, 'path' | 'tenantId' | 'dryRun' | 'messages'>;

/** The request to make, and the fields of its event in the history. */
export interface RepeatedRequest {
  readonly path: string;
  readonly body: string;
  readonly reported: Pick<EventOf<'repeat'>, 'kind' | 'item' | 'messageUuid' | 'recipient' | 'bodyDigest'>;
}

/** Whether this attempt triggers the repeated request: the service sends the item of the fault. */
export function isRepeated({ item }: FaultOf<'repeat'>, attempt: SeenAttempt): boolean {
  return attempt.system === 'service' && attempt.item === item;
}

/** Builds the repeated request; undefined when no request to send this message was seen, because its uuid is then unknown. */
export function repeatedRequest(
  { item, changes }: FaultOf<'repeat'>,
  attempt: SeenAttempt,
  requests: readonly KnownRequest[],
): RepeatedRequest | undefined {
  const bodyDigest = bodyDigestOf(attempt.body);
  for (const { path, tenantId, dryRun, messages } of requests) {
    const first = messages.find((one) => one.recipient === attempt.recipient && one.bodyDigest === bodyDigest);
    if (first === undefined || tenantId === null || dryRun !== false) continue;
    // The numbers of a scenario have 13 or 15 digits, so a number with one digit fewer belongs to no item.
    const recipient = changes === 'number' ? attempt.recipient.slice(0, -1) : attempt.recipient;
    const text = changes === 'text' ? `${attempt.body}, changed` : attempt.body;
    const { messageUuid, provider } = first;
    const request: BatchRequest = {
      tenant_id: tenantId,
      campaign_id: null,
      dry_run: false,
      messages: [{ message_uuid: messageUuid, recipient, body: text, provider }],
    };
    const reported = { kind: 'repeat', item, messageUuid, recipient, bodyDigest: bodyDigestOf(text) } as const;
    return { path, body: JSON.stringify(request), reported };
  }
  return undefined;
}

/** The status of the answer, and its result for the repeated uuid; null when it has none. */
export function resultOfRepeat(
  { reported }: RepeatedRequest,
  { status, body }: Pick<UserAnswer, 'status' | 'body'>,
): Pick<EventOf<'repeat'>, 'status' | 'result'> {
  const results = status === null ? [] : parseResults(body);
  const result = results.find(({ messageUuid }) => messageUuid === reported.messageUuid);
  return { status, result: result === undefined ? null : wordOf(result.status) };
}
