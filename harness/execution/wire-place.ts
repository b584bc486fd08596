// Reads the value at a place of a request or an answer. A place is written as in a protocol: a JSON pointer, a key, `header:NAME`,
// `query:NAME` or `path:NAME`.
import { type Fields, isFields } from '../../src/contract/json.ts';

/** The parts of a request outside its body that a place can name. */
export interface RequestHead {
  /** Path and query. */
  readonly target: string;
  /** The segments that the protocol's path names. */
  readonly segments: Readonly<Record<string, string>>;
  /** The headers by their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/** An empty head, for places that are all in the body. */
export const NO_HEAD: RequestHead = { target: '', segments: {}, headers: new Map() };

/** Reads the value at one place, in a parsed body and a head; undefined when there is none. */
export type PlaceReader = (value: unknown, head: RequestHead) => unknown;

const nowhere: PlaceReader = () => undefined;

/** The reader of a place. The place null is not on the wire: its reader always returns undefined. */
export function placeReader(place: string | null): PlaceReader {
  if (place === null) return nowhere;
  const [, source, name = ''] = /^(header|query|path):(.+)$/.exec(place) ?? [];
  switch (source) {
    case 'header':
      return (_, { headers }) => headers.get(name.toLowerCase());
    case 'query':
      return (_, { target }) => queryOf(target).get(name) ?? undefined;
    case 'path':
      return (_, { segments }) => segments[name];
    default:
      return place === '' || place.startsWith('/') ? pointerReader(place) : (value) => keyIn(value, place);
  }
}

/** The decoded values of the `:NAME` segments of a path in a target; undefined when the target does not match the path. */
export function segmentsIn(target: string, path: string): Record<string, string> | undefined {
  const [asked = ''] = target.split('?');
  const [found, wanted] = [asked.split('/'), path.split('/')];
  if (found.length !== wanted.length) return undefined;
  const segments: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const segment = found[index] ?? '';
    if (want.startsWith(':')) segments[want.slice(1)] = decoded(segment);
    else if (want !== segment) return undefined;
  }
  return segments;
}

/** The reader of a JSON pointer (RFC 6901), in which `~1` is a slash and `~0` a tilde. */
function pointerReader(pointer: string): PlaceReader {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return (value) => steps.reduce(keyIn, value);
}

function keyIn(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return (value as unknown[])[Number(key)];
  return isFields(value) ? ownKey(value, key) : undefined;
}

function ownKey(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function queryOf(target: string): URLSearchParams {
  const start = target.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : target.slice(start + 1));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
