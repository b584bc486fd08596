// Parses calls to the service, for the taps of both lanes. Systems can send malformed data, so the parser is lenient. It is written by hand
// because the sim parses thousands of requests a second.
import { isFields } from '../../src/contract/json.ts';
import { STATUSES } from '../../src/contract/message.ts';
import type { EventOf } from '../formats/event.ts';
import { type Protocol, RUNBOOK_PROTOCOL } from '../formats/protocol.ts';
import { bodyDigestOf } from '../history/body-digest.ts';
import { NO_HEAD, type PlaceReader, placeReader, type RequestHead, segmentsIn } from './wire-place.ts';

/** What a request asks for. */
export type ParsedRequest = Pick<EventOf<'request'>, 'tenantId' | 'dryRun' | 'uuids' | 'messages'>;

/** The results of a batch, as its answer states them. */
export type BatchResults = EventOf<'answer'>['results'];

/** A whole request at a tap. */
export interface SeenRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** A whole answer at a tap. */
export interface SeenAnswer {
  readonly status: number;
  readonly body: string;
}

/** A parser of the calls of one protocol. */
export interface BatchWire {
  /** The HTTP methods of a call. */
  readonly methods: readonly string[];
  /** What a request asks for; undefined when it is not a call of the protocol, for example a health probe. */
  request(seen: SeenRequest): ParsedRequest | undefined;
  /** What an answer says of the messages of its request. */
  results(seen: SeenAnswer, asked: ParsedRequest): BatchResults;
  /** The first status in the results that the protocol's table of statuses should translate and does not; undefined when there is none. */
  strangeWord(results: BatchResults): string | undefined;
}

const KNOWN: ReadonlySet<string> = new Set(STATUSES);

/** Makes the parser of a protocol. */
export function batchWire(protocol: Protocol): BatchWire {
  const { methods, path } = protocol;
  const [readRequest, readResults] = [requestReader(protocol), resultsReader(protocol)];
  return {
    methods,
    request({ method, target, headers, body }) {
      const segments = path === undefined ? {} : segmentsIn(target, path);
      if (segments === undefined || !methods.includes(method)) return undefined;
      return readRequest(body, { target, segments, headers });
    },
    results: readResults,
    strangeWord(results) {
      if (protocol.statuses === undefined) return undefined;
      return results.find(({ status }) => !KNOWN.has(status))?.status;
    },
  };
}

const readRunbookRequest = requestReader(RUNBOOK_PROTOCOL);
const readRunbookResults = resultsReader(RUNBOOK_PROTOCOL);

/** Parses the body of a request in the runbook's protocol; undefined when it is not a batch call. */
export function parseRequest(body: string): ParsedRequest | undefined {
  return readRunbookRequest(body, NO_HEAD);
}

/** Parses the body of an answer in the runbook's protocol; the list is empty when the answer has no results. */
export function parseResults(body: string): BatchResults {
  return readRunbookResults({ status: 200, body }, NOTHING_ASKED);
}

/** Stands in for a request that was not seen, when its answer is parsed. */
export const NOTHING_ASKED: ParsedRequest = { tenantId: null, dryRun: null, uuids: [], messages: [] };

function requestReader({ request }: Protocol): (body: string, head: RequestHead) => ParsedRequest | undefined {
  const [tenant, dryRun, messages] = [request.tenant, request.dryRun, request.messages].map(placeReader) as Readers<3>;
  const [uuid, recipient, text, provider] = [request.uuid, request.recipient, request.body, request.provider].map(
    placeReader,
  ) as Readers<4>;
  const meaning = dryRunMeaning(request);
  return (body, head) => {
    const whole = parseJson(body);
    const found = messages(whole, head);
    const list: readonly unknown[] | undefined = Array.isArray(found) ? found : isFields(found) ? [found] : undefined;
    if (list === undefined) return undefined;
    const seen = list.map((message) => ({
      messageUuid: textOf(uuid(message, head)),
      recipient: textOf(recipient(message, head)),
      bodyDigest: digestOf(text(message, head)),
      provider: textOf(provider(message, head)),
    }));
    return {
      tenantId: idOf(tenant(whole, head)),
      dryRun: meaning(dryRun(whole, head)),
      uuids: seen.map(({ messageUuid }) => messageUuid),
      messages: seen,
    };
  };
}

/** A tuple of `N` readers. */
type Readers<N extends 3 | 4> = N extends 3 ? [PlaceReader, PlaceReader, PlaceReader] : [...Readers<3>, PlaceReader];

/** Maps a value to whether it asks for a rehearsal; null when the protocol gives it no meaning. */
function dryRunMeaning({ dryRunIs, liveIs }: Protocol['request']): (value: unknown) => boolean | null {
  const [dry, live] = [dryRunIs, liveIs].map((values) => new Set<unknown>(values)) as [Set<unknown>, Set<unknown>];
  return (value = null) => (dry.has(value) ? true : live.has(value) ? false : null);
}

function resultsReader(protocol: Protocol): BatchWire['results'] {
  const { answer } = protocol;
  const [results, uuid, status] = [answer.results, answer.uuid, answer.status].map(placeReader) as Readers<3>;
  const id = placeReader(answer.providerMessageId);
  const live = protocol.statuses ?? {};
  const dry = protocol.dryRunStatuses ?? live;
  return (seen, asked) => {
    const meanings = asked.dryRun === true ? dry : live;
    const byCode = meanings[String(seen.status)] ?? '';
    const found = results(parseJson(seen.body), NO_HEAD);
    const list: readonly unknown[] | undefined = Array.isArray(found) ? found : isFields(found) ? [found] : undefined;
    if (list === undefined) return byCode === '' ? [] : asked.uuids.map((messageUuid) => resultOf(messageUuid, byCode));
    return list.map((result, place) => {
      const word = textOf(status(result, NO_HEAD));
      const messageUuid = answer.uuid === null ? (asked.uuids[place] ?? '') : textOf(uuid(result, NO_HEAD));
      const given = id(result, NO_HEAD);
      return {
        messageUuid,
        status: word === '' ? byCode : (meanings[word] ?? word),
        providerMessageId: typeof given === 'string' ? given : null,
      };
    });
  };
}

function resultOf(messageUuid: string, status: string): BatchResults[number] {
  return { messageUuid, status, providerMessageId: null };
}

function digestOf(body: unknown): string {
  return typeof body === 'string' ? bodyDigestOf(body) : '';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** An id, as a number or as text, which a header holds; null for anything else. */
function idOf(value: unknown): number | null {
  const id = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(id) ? (id as number) : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
