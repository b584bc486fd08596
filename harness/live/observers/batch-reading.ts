// What the taps understand of a batch call: its request and its answer, read leniently, for a system may say it wrongly.
import { z } from 'zod';
import type { EventOf } from '../../formats/event.ts';
import { statusOf } from './http-head.ts';
import type { HttpMessage } from './message-parser.ts';

/** What the request of a batch call asks for. */
export type RequestReading = Pick<EventOf<'request'>, 'method' | 'path' | 'tenantId' | 'dryRun' | 'uuids'>;

/** What the answer to a batch call says. */
export type AnswerReading = Pick<EventOf<'answer'>, 'status' | 'results'>;

const uuid = z.string().catch('');

const requestSchema = z.object({
  tenant_id: z.int().nullable().catch(null),
  dry_run: z.boolean().nullable().catch(null),
  messages: z.array(z.object({ message_uuid: uuid }).catch({ message_uuid: '' })),
});

const resultSchema = z.object({
  message_uuid: uuid,
  status: z.string().catch(''),
  provider_message_id: z.string().nullable().catch(null),
});

const answerSchema = z.object({
  results: z.array(resultSchema.catch({ message_uuid: '', status: '', provider_message_id: null })),
});

/** Reads a request; undefined when it is no batch call, as a health probe is none. */
export function readRequest(message: HttpMessage): RequestReading | undefined {
  const { success, data } = requestSchema.safeParse(parseJson(message.body));
  if (!success) return undefined;
  const [method = '', path = ''] = message.firstLine.split(' ');
  const uuids = data.messages.map((item) => item.message_uuid);
  return { method, path, tenantId: data.tenant_id, dryRun: data.dry_run, uuids };
}

/** Reads an answer; one without results has none. */
export function readAnswer(message: HttpMessage): AnswerReading {
  const { data } = answerSchema.safeParse(parseJson(message.body));
  const results = (data?.results ?? []).map((result) => ({
    messageUuid: result.message_uuid,
    status: result.status,
    providerMessageId: result.provider_message_id,
  }));
  return { status: statusOf(message.firstLine), results };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
