// Finds what is at a place of a request or of an answer, as a protocol names places.
import { type Fields, isFields } from '../../src/contract/json.ts';

/** The head of a request, for places outside of its body. */
export interface RequestHead {
  /** Path and query. */
  readonly target: string;
  /** The segments that the protocol's path names. */
  readonly segments: Readonly<Record<string, string>>;
  /** The headers by their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/** The head of a request of which only the body counts. */
export const NO_HEAD: RequestHead = { target: '', segments: {}, headers: new Map() };

/** What is at one place, given the value to look into; undefined for nothing. */
export type PlaceReader = (value: unknown, head: RequestHead) => unknown;

const nowhere: PlaceReader = () => undefined;

/** Reads what is at a place; null is a place where nothing stands. */
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

/** The segments that a path with `:NAME` names in a target; undefined for a target of another path. */
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

/** A JSON pointer: the steps after each slash, in which `~1` stands for a slash and `~0` for a tilde. */
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
