// Reads the head of an HTTP/1.1 message: its first line, its headers, and how its body ends.

/** How a message's body ends. `interim`: an answer before the final one. `opaque`: not HTTP/1.1, so the rest cannot be read. */
export type Framing =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' }
  | { readonly kind: 'interim' }
  | { readonly kind: 'opaque' };

/** The direction of a message. */
export type HttpMessageKind = 'request' | 'answer';

const FIRST_LINES = { request: /^[A-Z]+ \S+ HTTP\/1\.[01]$/, answer: /^HTTP\/1\.[01] \d{3}(?: |$)/ };

/** How the body ends of a message whose head has these lines. */
export function readFraming(direction: HttpMessageKind, lines: readonly string[]): Framing {
  const [first = '', ...fields] = lines;
  if (!FIRST_LINES[direction].test(first)) return { kind: 'opaque' };
  const status = direction === 'answer' ? statusOf(first) : 0;
  // After a switch of protocols the bytes are no longer HTTP.
  if (status === 101) return { kind: 'opaque' };
  if (status >= 100 && status < 200) return { kind: 'interim' };
  if (status === 204 || status === 304) return { kind: 'length', bytes: 0 };
  const headers = readHeaders(fields);
  if (/chunked\s*$/i.test(headers.get('transfer-encoding') ?? '')) return { kind: 'chunked' };
  const length = headers.get('content-length');
  if (length === undefined) return direction === 'request' ? { kind: 'length', bytes: 0 } : { kind: 'until-close' };
  return /^\d{1,15}$/.test(length) ? { kind: 'length', bytes: Number(length) } : { kind: 'opaque' };
}

/** The status of an answer's first line. */
export function statusOf(firstLine: string): number {
  return Number(firstLine.split(' ')[1]);
}

/** The headers in these lines, by their names in lower case. */
export function readHeaders(fields: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const field of fields) {
    const colon = field.indexOf(':');
    if (colon > 0) headers.set(field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim());
  }
  return headers;
}
