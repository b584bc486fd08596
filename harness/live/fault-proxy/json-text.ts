// Finds where a JSON value ends, without building the value. It is strict and uses neither recursion nor much memory, so that hostile
// bodies of any size and depth cost only time. Its errors have the words of Toxiproxy.

const DEPTH_MAX = 10_000;
const SPACE: ReadonlySet<string> = new Set([' ', '\t', '\n', '\r']);
const LITERALS: ReadonlyMap<string, string> = new Map([
  ['t', 'true'],
  ['f', 'false'],
  ['n', 'null'],
]);

const ESCAPES: ReadonlyMap<number, string> = new Map(
  Object.entries({
    "'": "'",
    '\\': '\\',
    '\u0007': 'a',
    '\b': 'b',
    '\t': 't',
    '\n': 'n',
    '\v': 'v',
    '\f': 'f',
    '\r': 'r',
  }).map(([character, letter]) => [character.charCodeAt(0), `\\${letter}`]),
);

/** A value inside a text: from `start` up to, but not including, `end`. */
export interface JsonSlice {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The first value of a text, checked to its end; text after it is ignored. Throws an Error that names the first mistake. */
export function firstValue(text: string): JsonSlice {
  const start = skipSpace(text, 0);
  if (start >= text.length) throw new Error('EOF');
  return { text, start, end: endOfValue(text, start) };
}

/** The members of an object that has been checked, in order. */
export function* members({ text, start }: JsonSlice): Generator<{ key: string; value: JsonSlice }> {
  let at = skipSpace(text, start + 1);
  while (text[at] !== '}') {
    const keyEnd = endOfString(text, at);
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = endOfValue(text, valueStart);
    yield { key: stringValue({ text, start: at, end: keyEnd }), value: { text, start: valueStart, end } };
    at = afterComma(text, end);
  }
}

/** The elements of an array that has been checked, in order. */
export function* elements({ text, start }: JsonSlice): Generator<JsonSlice> {
  let at = skipSpace(text, start + 1);
  while (text[at] !== ']') {
    const end = endOfValue(text, at);
    yield { text, start: at, end };
    at = afterComma(text, end);
  }
}

/** The value of a string literal. Half of a surrogate pair becomes U+FFFD. */
export function stringValue({ text, start, end }: JsonSlice): string {
  const value = String(JSON.parse(text.slice(start, end)));
  return /[\ud800-\udfff]/.test(value) ? Buffer.from(value).toString() : value;
}

function afterComma(text: string, end: number): number {
  const at = skipSpace(text, end);
  return text[at] === ',' ? skipSpace(text, at + 1) : at;
}

function endOfValue(text: string, start: number): number {
  const open: ('{' | '[')[] = [];
  let at = start;
  for (;;) {
    at = skipSpace(text, at);
    const first = text[at];
    if (first === '{' || first === '[') {
      if (open.length >= DEPTH_MAX) throw complaint(text, at, 'exceeded max depth');
      at = skipSpace(text, at + 1);
      if (text[at] !== (first === '{' ? '}' : ']')) {
        if (first === '{') at = endOfKey(text, at);
        open.push(first);
        continue;
      }
      at += 1;
    } else {
      at = endOfScalar(text, at);
    }
    const next = closeContainers(text, { at, open });
    if (open.length === 0) return next;
    at = next;
  }
}

/** Closes the containers that end behind a value. Returns where the next value starts, or the end if no container is left open. */
function closeContainers(text: string, state: { at: number; open: ('{' | '[')[] }): number {
  let { at } = state;
  for (let container = state.open.at(-1); container !== undefined; container = state.open.at(-1)) {
    at = skipSpace(text, at);
    if (text[at] === ',') {
      return container === '{' ? endOfKey(text, skipSpace(text, at + 1)) : at + 1;
    }
    if (text[at] !== (container === '{' ? '}' : ']')) {
      throw complaint(text, at, container === '{' ? 'after object key:value pair' : 'after array element');
    }
    state.open.pop();
    at += 1;
  }
  return at;
}

/** The index behind a key and its colon. */
function endOfKey(text: string, start: number): number {
  if (text[start] !== '"') throw complaint(text, start, 'looking for beginning of object key string');
  const colon = skipSpace(text, endOfString(text, start));
  if (text[colon] !== ':') throw complaint(text, colon, 'after object key');
  return colon + 1;
}

function endOfScalar(text: string, start: number): number {
  const first = text[start] ?? '';
  if (first === '"') return endOfString(text, start);
  if (first === '-' || isDigit(first)) return endOfNumber(text, start);
  const literal = LITERALS.get(first);
  if (literal === undefined) throw complaint(text, start, 'looking for beginning of value');
  for (let index = 1; index < literal.length; index += 1) {
    if (text[start + index] === literal[index]) continue;
    throw complaint(text, start + index, `in literal ${literal} (expecting '${literal[index] ?? ''}')`);
  }
  return start + literal.length;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) throw complaint(text, at, 'in string literal');
    if (code === 0x5c) at = endOfEscape(text, at + 1) - 1;
  }
  throw new Error('unexpected EOF');
}

function endOfEscape(text: string, start: number): number {
  const letter = text[start] ?? '';
  if (letter !== 'u') {
    if (letter === '' || !'"\\/bfnrt'.includes(letter)) throw complaint(text, start, 'in string escape code');
    return start + 1;
  }
  for (let at = start + 1; at <= start + 4; at += 1) {
    if (!/^[0-9a-fA-F]$/.test(text[at] ?? '')) throw complaint(text, at, 'in \\u hexadecimal character escape');
  }
  return start + 5;
}

function endOfNumber(text: string, start: number): number {
  let at = text[start] === '-' ? start + 1 : start;
  if (!isDigit(text[at])) throw complaint(text, at, 'in numeric literal');
  at = text[at] === '0' ? at + 1 : skipDigits(text, at);
  if (text[at] === '.') {
    if (!isDigit(text[at + 1])) throw complaint(text, at + 1, 'after decimal point in numeric literal');
    at = skipDigits(text, at + 1);
  }
  if (text[at] === 'e' || text[at] === 'E') {
    at += text[at + 1] === '+' || text[at + 1] === '-' ? 2 : 1;
    if (!isDigit(text[at])) throw complaint(text, at, 'in exponent of numeric literal');
    at = skipDigits(text, at);
  }
  return at;
}

function skipDigits(text: string, start: number): number {
  let at = start;
  while (isDigit(text[at])) at += 1;
  return at;
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (SPACE.has(text[at] ?? '')) at += 1;
  return at;
}

function complaint(text: string, at: number, where: string): Error {
  const code = text.codePointAt(at);
  if (code === undefined) return new Error('unexpected EOF');
  // Toxiproxy reads bytes, so for a character beyond ASCII it names the first byte.
  const [byte = 0] = Buffer.from(String.fromCodePoint(code));
  return new Error(`invalid character '${quoted(byte)}' ${where}`);
}

function quoted(byte: number): string {
  const escape = ESCAPES.get(byte);
  if (escape !== undefined) return escape;
  return byte < 0x20 || byte === 0x7f ? `\\x${byte.toString(16).padStart(2, '0')}` : String.fromCharCode(byte);
}
