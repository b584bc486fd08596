// Reads a copy of one direction of a connection as HTTP/1.1 messages. After bytes that are not HTTP it ignores the rest of the stream. It
// cannot disturb the connection, because it reads a copy.
import { type HttpMessageKind, type Framing, readFraming } from './http-head.ts';
import { LineReader } from './line-reader.ts';

/** A complete message. */
export interface HttpMessage {
  readonly firstLine: string;
  /** The lines of its headers. */
  readonly fields: readonly string[];
  /** Undefined if it is longer than 1 MiB. */
  readonly body: string | undefined;
}

/** What a parser calls while it reads. */
export interface MessageListener {
  /** Called at the first byte of a message. */
  onStart(): void;
  /** Called at the end of a head: whether the message can have a body. The answer to a HEAD request has none, even if it has a length. */
  mayHaveBody(): boolean;
  /** Called at the last byte of a message. */
  onMessage(message: HttpMessage): void;
}

type State =
  'between' | 'head' | 'length' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailers' | 'until-close' | 'opaque';

const HEAD_LINES_MAX = 256;
const BODY_BYTES_MAX = 1 << 20;

/** An incremental parser of one direction of one connection. */
export class MessageParser {
  readonly #direction: HttpMessageKind;
  readonly #listener: MessageListener;
  #state: State = 'between';
  #reader = new LineReader();
  #head: string[] = [];
  #body: Buffer[] = [];
  #bodyBytes = 0;
  /** How many bytes of the current body or chunk are still missing. */
  #lacking = 0;
  #messageBytes = 0;

  constructor(direction: HttpMessageKind, listener: MessageListener) {
    this.#direction = direction;
    this.#listener = listener;
  }

  /** How many bytes of an incomplete message have been read. */
  get messageBytes(): number {
    return this.#messageBytes;
  }

  /** The first word of the incomplete message, as far as it has been read. */
  get firstWord(): string {
    return (this.#head[0] ?? this.#reader.unfinished).split(' ')[0] ?? '';
  }

  /** Reads the next bytes. */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      const before = rest.length;
      const completed = this.#step(rest);
      rest = completed.rest;
      this.#messageBytes += before - rest.length;
      if (completed.isMessage) this.#complete();
    }
  }

  /** Ends the stream, which completes an answer without a length. */
  finish(): void {
    if (this.#state === 'until-close') this.#complete();
  }

  #step(chunk: Buffer): { rest: Buffer; isMessage: boolean } {
    switch (this.#state) {
      case 'between':
        return this.#begin(chunk);
      case 'length':
      case 'chunk-data':
        return this.#takeCounted(chunk);
      case 'until-close':
        this.#keep(chunk);
        return nothingLeft(chunk);
      case 'opaque':
        return nothingLeft(chunk);
      default:
        return this.#takeLine(chunk);
    }
  }

  #begin(chunk: Buffer): { rest: Buffer; isMessage: boolean } {
    const first = chunk[0];
    // HTTP allows empty lines before a message.
    if (first === 0x0d || first === 0x0a) {
      this.#messageBytes -= 1;
      return { rest: chunk.subarray(1), isMessage: false };
    }
    this.#state = 'head';
    this.#listener.onStart();
    return { rest: chunk, isMessage: false };
  }

  #takeCounted(chunk: Buffer): { rest: Buffer; isMessage: boolean } {
    const taken = chunk.subarray(0, this.#lacking);
    this.#keep(taken);
    this.#lacking -= taken.length;
    const isDone = this.#lacking === 0;
    const isMessage = isDone && this.#state === 'length';
    if (isDone && this.#state === 'chunk-data') this.#state = 'chunk-end';
    return { rest: chunk.subarray(taken.length), isMessage };
  }

  #takeLine(chunk: Buffer): { rest: Buffer; isMessage: boolean } {
    const { line, rest, tooLong } = this.#reader.take(chunk);
    if (tooLong) this.#state = 'opaque';
    return { rest, isMessage: line !== undefined && !tooLong && this.#readLine(line) };
  }

  /** Returns whether the line ends the message. */
  #readLine(line: string): boolean {
    switch (this.#state) {
      case 'head':
        if (line !== '') {
          this.#head.push(line);
          if (this.#head.length > HEAD_LINES_MAX) this.#state = 'opaque';
          return false;
        }
        return this.#enterBody(readFraming(this.#direction, this.#head));
      case 'chunk-size':
        return this.#enterChunk(line);
      case 'chunk-end':
        this.#state = line === '' ? 'chunk-size' : 'opaque';
        return false;
      default:
        return line === '';
    }
  }

  #enterBody(framing: Framing): boolean {
    if (framing.kind === 'interim') {
      this.#head = [];
      return false;
    }
    if (framing.kind !== 'opaque' && !this.#listener.mayHaveBody()) return true;
    if (framing.kind === 'length') this.#lacking = framing.bytes;
    this.#state = framing.kind === 'chunked' ? 'chunk-size' : framing.kind;
    return framing.kind === 'length' && framing.bytes === 0;
  }

  #enterChunk(line: string): boolean {
    const size = line.split(';')[0]?.trim() ?? '';
    if (!/^[0-9a-f]{1,8}$/i.test(size)) {
      this.#state = 'opaque';
      return false;
    }
    this.#lacking = Number.parseInt(size, 16);
    this.#state = this.#lacking === 0 ? 'trailers' : 'chunk-data';
    return false;
  }

  #keep(bytes: Buffer): void {
    this.#bodyBytes += bytes.length;
    if (this.#bodyBytes <= BODY_BYTES_MAX) this.#body.push(bytes);
  }

  #complete(): void {
    const [firstLine = '', ...fields] = this.#head;
    const isReadable = this.#bodyBytes <= BODY_BYTES_MAX;
    const body = isReadable ? Buffer.concat(this.#body).toString('utf8') : undefined;
    this.#reset('between');
    this.#listener.onMessage({ firstLine, fields, body });
  }

  #reset(state: State): void {
    this.#state = state;
    this.#reader = new LineReader();
    this.#head = [];
    this.#body = [];
    this.#bodyBytes = 0;
    this.#messageBytes = 0;
  }
}

function nothingLeft(chunk: Buffer): { rest: Buffer; isMessage: boolean } {
  return { rest: chunk.subarray(chunk.length), isMessage: false };
}
