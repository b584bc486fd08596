// Reads the request bodies of the API. Every error in their form is a 400 that begins with "bad request body".
import { ApiError } from './api-error.ts';
import {
  mismatch,
  kindOf,
  readBoolean,
  readInteger,
  readObject,
  readSingle,
  readString,
  type FieldReader,
} from './json-struct.ts';
import { elements, firstValue, type JsonSlice } from './json-text.ts';
import type { ProxyInput } from './proxy-collection.ts';
import { messageOf } from '../../platform/thrown.ts';
import type { ToxicKind } from './toxic-kind.ts';

// Error messages of Toxiproxy name its Go types; a drop-in replacement must use the same words.
const PROXY_TYPE = 'toxiproxy.Proxy';
const CHANGE_TYPE = String.raw`struct { Attributes interface {} "json:\"attributes\""; Toxicity float32 "json:\"toxicity\"" }`;
const POPULATE_TYPE = String.raw`struct { toxiproxy.Proxy; Enabled *bool "json:\"enabled\"" }`;

/** The body of a new toxic without its attributes, whose names depend on the type. */
export interface ToxicInput {
  readonly name: string;
  readonly type: string;
  readonly stream: string;
  readonly toxicity: number;
}

/** Reads a proxy; an absent field gets its value from `defaults`. */
export function decodeProxy(body: string, defaults: ProxyInput): ProxyInput {
  return refusing(() => {
    const slice = firstValue(body);
    if (kindOf(slice) === 'null') return defaults;
    if (kindOf(slice) !== 'object') throw new Error(wrongBody(slice, PROXY_TYPE));
    return readProxy(slice, { defaults, place: 'struct field Proxy', enabledPlace: 'struct field Proxy' });
  });
}

/** Reads the proxies of a populate request. Refuses all of them if one lacks a name or an upstream. */
export function decodeProxies(body: string): ProxyInput[] {
  const inputs: ProxyInput[] = [];
  let missing: string | undefined;
  refusing(() => {
    const slice = firstValue(body);
    if (kindOf(slice) === 'null') return;
    if (kindOf(slice) !== 'array') throw new Error(wrongBody(slice, `[]${POPULATE_TYPE}`));
    let count = 0;
    for (const element of elements(slice)) {
      count += 1;
      const input = readPopulated(element);
      // Reading continues, because the error for a wrong type in a later proxy takes precedence; but the proxies are no longer kept.
      if (missing === undefined) inputs.push(input);
      const field = missingField(input);
      if (field !== undefined) missing ??= `${field} at proxy ${String(count)}`;
    }
  });
  if (missing !== undefined) throw new ApiError(400, `missing required field: ${missing}`);
  return inputs;
}

/** The first required field that a proxy lacks; undefined if it lacks none. */
export function missingField(input: ProxyInput): 'name' | 'upstream' | undefined {
  if (input.name === '') return 'name';
  return input.upstream === '' ? 'upstream' : undefined;
}

/** Reads the fields of a new toxic, without its attributes. */
export function decodeToxic(body: string): ToxicInput {
  return refusing(() => {
    const input = { name: '', type: '', stream: 'downstream', toxicity: 1 };
    const place = 'struct field ToxicWrapper';
    readBody(body, 'toxics.ToxicWrapper', [
      ['name', (value) => (input.name = readString(value, `${place}.name`))],
      ['type', (value) => (input.type = readString(value, `${place}.type`))],
      ['stream', (value) => (input.stream = readString(value, `${place}.stream`))],
      ['toxicity', (value) => (input.toxicity = readSingle(value, `${place}.toxicity`))],
      ['attributes', (value) => expectObject(value, `${place}.attributes`, 'toxics.NoopToxic')],
    ]);
    return input;
  });
}

/** Reads the attributes in a body; attributes that are not in the body are absent from the result. */
export function decodeAttributes(body: string, toxic: { type: string; kind: ToxicKind }): Map<string, bigint> {
  const attributes = new Map<string, bigint>();
  refusing(() => readBody(body, 'toxics.ToxicWrapper', [['attributes', attributesReader(toxic, attributes)]]));
  return attributes;
}

/** Reads the changes of a toxic; the toxicity is undefined if the body does not change it. */
export function decodeToxicChange(body: string, toxic: { type: string; kind: ToxicKind }) {
  return refusing(() => {
    const attributes = new Map<string, bigint>();
    let toxicity: number | undefined;
    readBody(body, CHANGE_TYPE, [
      ['attributes', attributesReader(toxic, attributes)],
      ['toxicity', (value) => (toxicity = readSingle(value, 'struct field .toxicity'))],
    ]);
    return { attributes, toxicity };
  });
}

function readBody(body: string, type: string, fields: readonly (readonly [string, FieldReader])[]): void {
  const slice = firstValue(body);
  if (kindOf(slice) !== 'null' && kindOf(slice) !== 'object') throw new Error(wrongBody(slice, type));
  readObject(slice, { place: 'value', type }, new Map(fields));
}

function attributesReader(toxic: { type: string; kind: ToxicKind }, into: Map<string, bigint>): FieldReader {
  const struct = structName(toxic.type);
  const type = toxic.type === 'slicer' ? 'int' : 'int64';
  const fields = toxic.kind.attributes.map((name): [string, FieldReader] => [
    name,
    (value) => into.set(name, readInteger(value, { place: `struct field ${struct}.attributes.${name}`, type })),
  ]);
  return (value) => readObject(value, { place: 'struct field .attributes', type: `toxics.${struct}` }, new Map(fields));
}

function structName(type: string): string {
  if (type === 'reset_peer') return 'ResetToxic';
  return `${type.replace(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase())}Toxic`;
}

interface ProxyReading {
  readonly defaults: ProxyInput;
  readonly place: string;
  readonly enabledPlace: string;
}

function readProxy(slice: JsonSlice, { defaults, place, enabledPlace }: ProxyReading): ProxyInput {
  const input = { ...defaults };
  readObject(
    slice,
    { place: 'value', type: PROXY_TYPE },
    new Map<string, FieldReader>([
      ['name', (value) => (input.name = readString(value, `${place}.name`))],
      ['listen', (value) => (input.listen = readString(value, `${place}.listen`))],
      ['upstream', (value) => (input.upstream = readString(value, `${place}.upstream`))],
      ['enabled', (value) => (input.enabled = readBoolean(value, `${enabledPlace}.enabled`))],
      ['logger', (value) => expectObject(value, `${place}.Logger`, 'zerolog.Logger')],
    ]),
  );
  return input;
}

function readPopulated(element: JsonSlice): ProxyInput {
  const defaults = { name: '', listen: '', upstream: '', enabled: true };
  if (kindOf(element) === 'null') return defaults;
  if (kindOf(element) !== 'object') throw new Error(wrongBody(element, POPULATE_TYPE));
  return readProxy(element, { defaults, place: 'struct field .Proxy', enabledPlace: 'struct field ' });
}

function expectObject(value: JsonSlice, place: string, type: string): void {
  if (kindOf(value) !== 'object') throw mismatch(value, { place, type });
}

function wrongBody(slice: JsonSlice, type: string): string {
  return `json: cannot unmarshal ${kindOf(slice)} into Go value of type ${type}`;
}

function refusing<T>(decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    throw new ApiError(400, `bad request body: ${messageOf(cause)}`);
  }
}
