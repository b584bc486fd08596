// The JSON answers of the API, with the order and the escapes of Toxiproxy. They are composed as texts, because names such as "7" or
// "__proto__" would change or be lost as keys of a plain object.
import type { FaultyProxy } from './proxy.ts';
import type { Toxic } from './toxic.ts';

const ESCAPED = /[<>&\u2028\u2029]/g;

/** The JSON of one proxy with its toxics. */
export function proxyJson(proxy: FaultyProxy): string {
  return object([
    ['name', text(proxy.name)],
    ['listen', text(proxy.listen)],
    ['upstream', text(proxy.upstream)],
    ['enabled', String(proxy.enabled)],
    ['Logger', '{}'],
    ['toxics', toxicsJson(proxy.toxics.all())],
  ]);
}

/** The JSON of proxies by name, in the order of their names. */
export function proxyIndexJson(proxies: readonly FaultyProxy[]): string {
  const ordered = proxies.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return object(ordered.map((proxy) => [proxy.name, proxyJson(proxy)]));
}

/** The JSON answer to a populate request. Without proxies the list is null. */
export function populatedJson(proxies: readonly FaultyProxy[], error?: { message: string; status: number }): string {
  const list = proxies.length === 0 ? 'null' : `[${proxies.map(proxyJson).join(',')}]`;
  return object([...(error === undefined ? [] : errorFields(error)), ['proxies', list]]);
}

/** The JSON of one toxic. */
export function toxicJson(toxic: Toxic): string {
  return object([
    ['attributes', object(toxic.kind.attributes.map((name) => [name, String(toxic.attributes.get(name) ?? 0n)]))],
    ['name', text(toxic.name)],
    ['type', text(toxic.type)],
    ['stream', text(toxic.stream)],
    ['toxicity', singleText(toxic.toxicity)],
  ]);
}

/** The JSON of a list of toxics. */
export function toxicsJson(toxics: readonly Toxic[]): string {
  return `[${toxics.map(toxicJson).join(',')}]`;
}

/** The JSON of an error. */
export function errorJson(error: { message: string; status: number }): string {
  return object(errorFields(error));
}

function errorFields({ message, status }: { message: string; status: number }): [string, string][] {
  return [
    ['error', text(message)],
    ['status', String(status)],
  ];
}

function object(fields: readonly (readonly [string, string])[]): string {
  return `{${fields.map(([name, value]) => `${text(name)}:${value}`).join(',')}}`;
}

function text(value: string): string {
  return JSON.stringify(value).replace(
    ESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The shortest decimal that is parsed as the same single-precision number: 0.3, not 0.30000001192092896. */
function singleText(value: number): string {
  for (let digits = 1; digits <= 9; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return Object.is(shorter, -0) ? '-0' : String(shorter);
  }
  return String(value);
}
