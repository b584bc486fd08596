// What the simulated taps understand of a batch call, read as leniently as a tap on a real wire reads it.
import { isFields, parseFields } from '../../src/contract/json.ts';
import type { HttpResponse } from '../../src/contract/http.ts';
import type { EventOf } from '../formats/event.ts';

/** What a batch request asks for; `items` are the recipients, which the taps do not report. */
export type RequestReading = Pick<EventOf<'request'>, 'tenantId' | 'dryRun' | 'uuids'> & {
  readonly recipients: readonly string[];
};

/** Reads a request body; undefined when it is no batch call. */
export function readRequest(body: string): RequestReading | undefined {
  const request = parseFields(body);
  const messages = request?.['messages'];
  if (request === undefined || !Array.isArray(messages)) return undefined;
  const { tenant_id: tenantId, dry_run: dryRun } = request;
  return {
    tenantId: typeof tenantId === 'number' && Number.isInteger(tenantId) ? tenantId : null,
    dryRun: typeof dryRun === 'boolean' ? dryRun : null,
    uuids: messages.map((message) => textOf(message, 'message_uuid')),
    recipients: messages.map((message) => textOf(message, 'recipient')),
  };
}

/** The results of a batch as an answer tells them. */
type Results = EventOf<'answer'>['results'];

/** An answer on its way through both taps, which is read once for both. */
export class TappedAnswer implements HttpResponse {
  readonly status: number;
  readonly body: string;
  #results: Results | undefined;

  constructor({ status, body }: HttpResponse) {
    this.status = status;
    this.body = body;
  }

  /** What the taps understand of it; nothing of one without results. */
  get results(): Results {
    return (this.#results ??= readResults(this.body));
  }
}

function readResults(body: string): Results {
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

function textOf(value: unknown, name: string): string {
  const text = isFields(value) ? value[name] : undefined;
  return typeof text === 'string' ? text : '';
}
