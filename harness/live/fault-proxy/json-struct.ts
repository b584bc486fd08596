// Reads fields from checked JSON by the rules of Toxiproxy's API: keys in any case, unknown keys ignored, null like an absent value, the
// last of two equal keys wins, and of several wrong types the first is reported.
import { type JsonSlice, members, stringValue } from './json-text.ts';

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
/** The longest text of a 64-bit integer. */
const INT64_LENGTH = 20;
const SHOWN_DIGITS_MAX = 64;

/** The place of a value and its expected type, for error messages. */
export interface Expectation {
  readonly place: string;
  readonly type: string;
}

/** Reads the value of one field. It is never called with null. */
export type FieldReader = (value: JsonSlice) => void;

/** Calls the reader of each member of an object, by its name in lower case. Null counts as an empty object. Throws the first error. */
export function readObject(slice: JsonSlice, expected: Expectation, fields: ReadonlyMap<string, FieldReader>): void {
  if (kindOf(slice) === 'null') return;
  if (kindOf(slice) !== 'object') throw mismatch(slice, expected);
  let first: unknown;
  for (const { key, value } of members(slice)) {
    const read = fields.get(key.toLowerCase());
    if (read === undefined || kindOf(value) === 'null') continue;
    try {
      read(value);
    } catch (error) {
      first ??= error;
    }
  }
  if (first !== undefined) throw first;
}

/** Reads a string. Throws an Error if the value is none. */
export function readString(slice: JsonSlice, place: string): string {
  if (kindOf(slice) !== 'string') throw mismatch(slice, { place, type: 'string' });
  return stringValue(slice);
}

/** Reads a boolean. Throws an Error if the value is none. */
export function readBoolean(slice: JsonSlice, place: string): boolean {
  if (kindOf(slice) !== 'bool') throw mismatch(slice, { place, type: 'bool' });
  return slice.text[slice.start] === 't';
}

/** Reads a 64-bit integer, which must be written without a point or an exponent. Throws an Error if the value is none. */
export function readInteger(slice: JsonSlice, expected: Expectation): bigint {
  const text = numberText(slice, expected);
  const value = text.length <= INT64_LENGTH && /^-?\d+$/.test(text) ? BigInt(text) : undefined;
  if (value === undefined || value < INT64_MIN || value > INT64_MAX) throw unfitNumber(text, expected);
  return value;
}

/** Reads a number in single precision. Throws an Error if the value is no number or too large. */
export function readSingle(slice: JsonSlice, place: string): number {
  const expected = { place, type: 'float32' };
  const text = numberText(slice, expected);
  const value = Math.fround(Number(text));
  if (!Number.isFinite(value)) throw unfitNumber(text, expected);
  return value;
}

/** The type of the value in a checked slice. */
export function kindOf({ text, start }: JsonSlice): 'object' | 'array' | 'string' | 'bool' | 'null' | 'number' {
  switch (text[start]) {
    case '{':
      return 'object';
    case '[':
      return 'array';
    case '"':
      return 'string';
    case 't':
    case 'f':
      return 'bool';
    case 'n':
      return 'null';
    default:
      return 'number';
  }
}

/** The error for a value of the wrong type, in the words of Toxiproxy. */
export function mismatch(slice: JsonSlice, { place, type }: Expectation): Error {
  return new Error(`json: cannot unmarshal ${kindOf(slice)} into Go ${place} of type ${type}`);
}

function numberText(slice: JsonSlice, expected: Expectation): string {
  if (kindOf(slice) !== 'number') throw mismatch(slice, expected);
  return slice.text.slice(slice.start, slice.end);
}

function unfitNumber(text: string, { place, type }: Expectation): Error {
  return new Error(`json: cannot unmarshal number ${text.slice(0, SHOWN_DIGITS_MAX)} into Go ${place} of type ${type}`);
}
