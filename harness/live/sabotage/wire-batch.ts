// Changes a call of the legacy app, or its answer, at the places that the protocol of the pair names.
import { isFields } from '../../../src/contract/json.ts';
import { NO_HEAD, placeReader, type RequestHead, segmentsIn } from '../../execution/wire-place.ts';
import type { Protocol } from '../../formats/protocol.ts';
import type { WireAnswer, WireRequest } from './exchange.ts';

/** A request that can be changed. */
export interface WireBatch {
  readonly protocol: Protocol;
  /** The messages as they are in the body. */
  readonly messages: readonly unknown[];
  /** The value at a place of a message; without a message, of the request. */
  read(place: string | null, message?: unknown): unknown;
  /** Writes a value to a place; undefined removes the value. Returns false when nothing changes. */
  write(place: string | null, value: unknown, message?: unknown): boolean;
  /** The request with its changes. */
  toRequest(): WireRequest;
}

/** An answer that can be changed. */
export interface WireResults {
  readonly protocol: Protocol;
  /** The list of results, to be changed in place; undefined when the answer has no such list. */
  readonly list: unknown[] | undefined;
  /** The results, including a single result that is not in a list. */
  readonly results: readonly unknown[];
  read(place: string | null, result: unknown): unknown;
  write(place: string | null, value: unknown, result: unknown): boolean;
  /** The answer with its changes. */
  toAnswer(): WireAnswer;
}

/** Parses a request, to be changed. */
export function openBatch(request: WireRequest, protocol: Protocol): WireBatch {
  const whole = parsed(request.body);
  let { target } = request;
  const headers = { ...request.headers };
  const head = (): RequestHead => ({
    target,
    segments: protocol.path === undefined ? {} : (segmentsIn(target, protocol.path) ?? {}),
    headers: new Map(Object.entries(headers)),
  });
  const found = placeReader(protocol.request.messages)(whole, head());
  return {
    protocol,
    messages: listOf(found),
    read: (place, message = whole) => placeReader(place)(message, head()),
    write(place, value, message = whole) {
      const [, source, name = ''] = /^(header|query|path):(.+)$/.exec(place ?? '') ?? [];
      if (source === undefined) return writeIn(message, place, value);
      if (placeReader(place)(message, head()) === value) return false;
      const text = textOf(value);
      if (source === 'header') return writeKey(headers, name.toLowerCase(), text);
      target = source === 'query' ? withQuery(target, name, text) : withSegment(target, protocol.path, { name, text });
      return true;
    },
    toRequest: () => ({ ...request, target, headers, body: JSON.stringify(whole) ?? request.body }),
  };
}

/** Parses an answer, to be changed. */
export function openResults(answer: WireAnswer, protocol: Protocol): WireResults {
  const whole = parsed(answer.body);
  const found = placeReader(protocol.answer.results)(whole, NO_HEAD);
  return {
    protocol,
    list: Array.isArray(found) ? (found as unknown[]) : undefined,
    results: listOf(found),
    read: (place, result) => placeReader(place)(result, NO_HEAD),
    write: (place, value, result) => writeIn(result, place, value),
    toAnswer: () => ({ ...answer, body: JSON.stringify(whole) ?? answer.body }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
}

function listOf(found: unknown): unknown[] {
  return Array.isArray(found) ? (found as unknown[]) : isFields(found) ? [found] : [];
}

function writeIn(within: unknown, place: string | null, value: unknown): boolean {
  if (place === null) return false;
  const steps = place.startsWith('/')
    ? place
        .split('/')
        .slice(1)
        .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    : [place];
  const last = steps.pop() ?? '';
  const holder = steps.reduce<unknown>((outer, step) => placeReader(step)(outer, NO_HEAD), within);
  return isFields(holder) && writeKey(holder, last, value);
}

function writeKey(fields: Record<string, unknown>, key: string, value: unknown): boolean {
  if (fields[key] === value) return false;
  if (value === undefined) delete fields[key];
  else fields[key] = value;
  return true;
}

function withQuery(target: string, name: string, text: string | undefined): string {
  const [path = '', query = ''] = target.split('?');
  const values = new URLSearchParams(query);
  if (text === undefined) values.delete(name);
  else values.set(name, text);
  return values.size === 0 ? path : `${path}?${values.toString()}`;
}

function withSegment(
  target: string,
  path: string | undefined,
  { name, text = '' }: { readonly name: string; readonly text: string | undefined },
): string {
  const [asked = '', ...query] = target.split('?');
  const index = (path ?? '').split('/').indexOf(`:${name}`);
  const segments = asked.split('/').map((segment, at) => (at === index ? encodeURIComponent(text) : segment));
  return [segments.join('/'), ...query].join('?');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
