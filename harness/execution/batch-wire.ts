// What the taps of either lane understand of a batch call. A system may say it wrongly, so it is read leniently, and by hand: the sim
// reads thousands of requests a second.
import { isFields, parseFields } from '../../src/contract/json.ts';
import type { EventOf } from '../formats/event.ts';
import { bodyDigestOf } from '../history/body-digest.ts';

/** What the body of a batch request asks for. */
export type ParsedRequest = Pick<EventOf<'request'>, 'tenantId' | 'dryRun' | 'uuids' | 'messages'>;

/** The results of a batch as an answer tells them. */
export type BatchResults = EventOf<'answer'>['results'];

/** Parses the body of a request; undefined when it is no batch call, as a health probe is none. */
export function parseRequest(body: string): ParsedRequest | undefined {
  const request = parseFields(body);
  const messages = request?.['messages'];
  if (request === undefined || !Array.isArray(messages)) return undefined;
  const { tenant_id: tenantId, dry_run: dryRun } = request;
  return {
    tenantId: Number.isSafeInteger(tenantId) ? (tenantId as number) : null,
    dryRun: typeof dryRun === 'boolean' ? dryRun : null,
    uuids: messages.map((message) => textOf(message, 'message_uuid')),
    messages: messages.map((message) => ({
      messageUuid: textOf(message, 'message_uuid'),
      recipient: textOf(message, 'recipient'),
      bodyDigest: digestIn(message),
      provider: textOf(message, 'provider'),
    })),
  };
}

/** Parses the body of an answer; one without results has none. */
export function parseResults(body: string): BatchResults {
  const results = parseFields(body)?.['results'];
  if (!Array.isArray(results)) return [];
  return results.map((result: unknown) => {
    const id = isFields(result) ? result['provider_message_id'] : null;
    return {
      messageUuid: textOf(result, 'message_uuid'),
      status: textOf(result, 'status'),
      providerMessageId: typeof id === 'string' ? id : null,
    };
  });
}

function digestIn(message: unknown): string {
  const body = isFields(message) ? message['body'] : undefined;
  return typeof body === 'string' ? bodyDigestOf(body) : '';
}

function textOf(value: unknown, name: string): string {
  const text = isFields(value) ? value[name] : undefined;
  return typeof text === 'string' ? text : '';
}
