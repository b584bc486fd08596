import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HttpMessageKind } from './http-head.ts';
import { type HttpMessage, MessageParser } from './message-parser.ts';

function parse(direction: HttpMessageKind, chunks: readonly Buffer[], mayHaveBody = true) {
  const messages: HttpMessage[] = [];
  let starts = 0;
  const parser = new MessageParser(direction, {
    onStart: () => (starts += 1),
    mayHaveBody: () => mayHaveBody,
    onMessage: (message) => messages.push(message),
  });
  for (const chunk of chunks) parser.push(chunk);
  return { parser, messages, starts };
}

const text = (value: string): Buffer => Buffer.from(value, 'utf8');
const request = (body: string): string =>
  `POST /v1/batches HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const chunked = (body: string): string =>
  `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${Array.from(body, (c) => `${Buffer.byteLength(c).toString(16)};x=y\r\n${c}\r\n`).join('')}0\r\nTrailer: t\r\n\r\n`;

/** Cuts bytes at the given places, modulo their length. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

const anyBody = fc.string({ unit: 'grapheme', maxLength: 30 });
const anyPlaces = fc.array(fc.nat(2_000), { maxLength: 12 });

describe('a message parser', () => {
  test('a message parser reads the same messages from chunks of any size', () => {
    fc.assert(
      fc.property(fc.array(anyBody, { maxLength: 4 }), anyPlaces, (bodies, places) => {
        const requests = parse('request', cut(text(bodies.map(request).join('')), places));
        expect(requests.messages.map((message) => message.body)).toEqual(bodies);
        const answers = parse('answer', cut(text(bodies.map(chunked).join('\r\n')), places));
        expect(answers.messages.map((message) => message.body)).toEqual(bodies);
        expect(answers.messages.every((message) => message.firstLine === 'HTTP/1.1 200 OK')).toBe(true);
        expect([requests.starts, answers.starts]).toEqual([bodies.length, bodies.length]);
      }),
    );
  });

  test('a message parser does not throw for bytes that are not HTTP', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom('\r\n', 'POST / HTTP/1.1\r\n', 'Content-Length: 3\r\n', 'Transfer-Encoding: chunked\r\n\r\n')
        .map(text),
    );
    fc.assert(
      fc.property(fc.array(anything), (chunks) => {
        for (const direction of ['request', 'answer'] as const) {
          expect(() => parse(direction, chunks).parser.finish()).not.toThrow();
        }
      }),
    );
  });

  test('a message parser knows the length so far and the first word of an incomplete message', () => {
    const { parser, messages } = parse('request', [text(request('whole')), text('POST /v1')]);
    expect(messages).toHaveLength(1);
    expect(parser.messageBytes).toBe(8);
    expect(parser.firstWord).toBe('POST');
  });

  test('a message parser reads an answer without a length up to the end of the stream', () => {
    const { parser, messages } = parse('answer', [text('HTTP/1.1 200 OK\r\n\r\nbo'), text('dy')]);
    expect(messages).toEqual([]);
    parser.finish();
    expect(messages).toEqual([{ firstLine: 'HTTP/1.1 200 OK', fields: [], body: 'body' }]);
  });

  test('a message parser does not report an answer that ends before its length', () => {
    const { parser, messages } = parse('answer', [text('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbody')]);
    parser.finish();
    expect(messages).toEqual([]);
  });

  test('a message parser skips interim answers', () => {
    const bytes = text('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n');
    expect(parse('answer', [bytes]).messages).toEqual([{ firstLine: 'HTTP/1.1 204 No Content', fields: [], body: '' }]);
  });

  test('a message parser expects no body in the answer to a HEAD', () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n';
    expect(parse('answer', [text(head + head)], false).messages).toHaveLength(2);
  });

  test('a message parser returns no body of more than 1 MiB', () => {
    const [message] = parse('request', [text(request('x'.repeat(1 << 20) + 'y'))]).messages;
    expect(message?.body).toBeUndefined();
  });
});
