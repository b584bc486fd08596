// The request of a client that repeats a uuid with another payload, made from what the observers saw of the first one.
import type { BatchRequest } from '../../src/contract/batch.ts';
import type { FaultOf } from '../faults/catalogue.ts';
import type { EventOf } from '../formats/event.ts';
import { bodyDigestOf } from '../history/body-digest.ts';
import { wordOf } from '../history/status-word.ts';
import { parseResults } from './batch-wire.ts';
import type { UserAnswer } from './user.ts';

/** What is known of the attempt that the client has seen. */
export type SeenAttempt = Pick<EventOf<'attempt'>, 'system' | 'item' | 'recipient' | 'body'>;

/** What is known of a request that asked for the message. */
export type KnownRequest = Pick<EventOf<'request'>, 'path' | 'tenantId' | 'dryRun' | 'messages'>;

/** A request to be made, and what the history tells of it. */
export interface RepeatedRequest {
  readonly path: string;
  readonly body: string;
  readonly reported: Pick<EventOf<'repeat'>, 'kind' | 'item' | 'messageUuid' | 'recipient' | 'bodyDigest'>;
}

/** Whether the client repeats the uuid of what is attempted here. */
export function isRepeated({ item }: FaultOf<'repeat'>, attempt: SeenAttempt): boolean {
  return attempt.system === 'service' && attempt.item === item;
}

/** The request; undefined when no request for this message was seen, so that its uuid is not known. */
export function repeatedRequest(
  { item, changes }: FaultOf<'repeat'>,
  attempt: SeenAttempt,
  requests: readonly KnownRequest[],
): RepeatedRequest | undefined {
  const bodyDigest = bodyDigestOf(attempt.body);
  for (const { path, tenantId, dryRun, messages } of requests) {
    const first = messages.find((one) => one.recipient === attempt.recipient && one.bodyDigest === bodyDigest);
    if (first === undefined || tenantId === null || dryRun !== false) continue;
    // One digit fewer than any number of a scenario has.
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

/** What the answer says of the repeated uuid. */
export function resultOfRepeat(
  { reported }: RepeatedRequest,
  { status, body }: Pick<UserAnswer, 'status' | 'body'>,
): Pick<EventOf<'repeat'>, 'status' | 'result'> {
  const results = status === null ? [] : parseResults(body);
  const result = results.find(({ messageUuid }) => messageUuid === reported.messageUuid);
  return { status, result: result === undefined ? null : wordOf(result.status) };
}
