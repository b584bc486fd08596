// Reads one connection through a tap as calls, and records what happens to each: a complete request, then a complete answer or a failure.
import { type BatchWire, NOTHING_ASKED, type ParsedRequest } from '../../execution/batch-wire.ts';
import type { EventOf } from '../../formats/event.ts';
import type { Interval } from './clock.ts';
import { readHeaders, statusOf } from './http-head.ts';
import { type HttpMessage, MessageParser } from './message-parser.ts';
import type { Recording } from './recording.ts';

/** How one side of a connection ended it. */
export interface ConnectionEnding {
  readonly by: 'client' | 'server';
  readonly how: 'fin' | 'rst';
}

/** The connection that a recorder reads. */
export interface CallRecorderOptions {
  readonly tap: 'front' | 'back';
  readonly recording: Recording;
  /** The reader of the protocol. */
  readonly wire: BatchWire;
  /** When the connection was accepted. */
  readonly acceptedMicros: number;
}

interface Call {
  readonly startedMicros: number;
  /** The id in the history; undefined until an event of the call is recorded. */
  id?: string;
  method: string;
  /** Undefined until the request is complete, and for a request that is no batch call. */
  request?: Pick<EventOf<'request'>, 'method' | 'path' | keyof ParsedRequest>;
  /** Whether the tap has received the whole request. */
  isComplete: boolean;
  /** Whether the whole request has been passed on to the other end. */
  isPassed: boolean;
}

/**
 * The calls of one connection. Each call ends once: with its complete answer, or when either side ends the connection before that. A client
 * that closes its side before the answer has abandoned the call: HTTP clients close both directions together, and do not read an answer
 * that still passes afterwards.
 */
export class CallRecorder {
  readonly #options: CallRecorderOptions;
  readonly #requests: MessageParser;
  readonly #answers: MessageParser;
  /** Calls without an end, in the order of their requests. Answers come in the same order. */
  #open: Call[] = [];
  #latest: Call | undefined;
  #unpassed: { call: Call; interval: Interval }[] = [];
  #isConnected = false;
  #ending: ConnectionEnding | undefined;
  #interval: Interval;

  constructor(options: CallRecorderOptions) {
    this.#options = options;
    this.#interval = { earliest: options.acceptedMicros, latest: options.acceptedMicros };
    this.#requests = new MessageParser('request', {
      onStart: () => this.#start(),
      mayHaveBody: () => true,
      onMessage: (message) => this.#completeRequest(message),
    });
    this.#answers = new MessageParser('answer', {
      onStart: () => {},
      mayHaveBody: () => this.#open[0]?.method !== 'HEAD',
      onMessage: (message) => this.#completeAnswer(message),
    });
  }

  /** The other end has accepted the connection: the requests received so far are passed on now. */
  connected(at: number): void {
    this.#isConnected = true;
    for (const { call, interval } of this.#unpassed) this.#pass(call, { earliest: interval.earliest, latest: at });
    this.#unpassed = [];
  }

  /** Reads bytes from the client. */
  requestBytes(chunk: Buffer, interval: Interval): void {
    this.#interval = interval;
    this.#requests.push(chunk);
    if (this.#latest !== undefined && !this.#latest.isComplete) this.#latest.method = this.#requests.firstWord;
  }

  /** Reads bytes from the server. */
  answerBytes(chunk: Buffer, interval: Interval): void {
    this.#interval = interval;
    this.#answers.push(chunk);
  }

  /** One side has closed its direction (`fin`) or reset the connection (`rst`). */
  ended(ending: ConnectionEnding, interval: Interval): void {
    this.#interval = interval;
    if (ending.by === 'server' && ending.how === 'fin') this.#answers.finish();
    this.#ending ??= ending;
    this.#failOpen(ending);
  }

  /** Both sides of the connection are closed. */
  closed(interval: Interval): void {
    this.#interval = interval;
    if (this.#ending === undefined) return;
    this.#failOpen(this.#ending);
    // The server's side ended the connection before the client sent a byte. For the client this is a failed call too.
    if (this.#latest === undefined && this.#ending.by === 'server') {
      this.#start();
      this.#failOpen(this.#ending);
    }
  }

  #start(): void {
    const { acceptedMicros } = this.#options;
    const startedMicros = this.#latest === undefined ? acceptedMicros : this.#interval.earliest;
    this.#latest = { startedMicros, method: '', isComplete: false, isPassed: false };
    this.#open.push(this.#latest);
  }

  #completeRequest(message: HttpMessage): void {
    const call = this.#latest;
    if (call === undefined) return;
    call.isComplete = true;
    const [method = '', path = ''] = message.firstLine.split(' ');
    call.method = method;
    const { fields, body = '' } = message;
    const parsed = this.#options.wire.request({ method, target: path, headers: readHeaders(fields), body });
    if (parsed === undefined) return;
    call.request = { method, path, ...parsed };
    if (this.#endedBehind !== undefined) this.#failOpen(this.#endedBehind);
    else if (this.#isConnected) this.#pass(call, this.#interval);
    else this.#unpassed.push({ call, interval: this.#interval });
  }

  /**
   * At the back tap, how the service has ended its side; undefined while it has not. Its process has ended or has closed the connection, so
   * a request that a slow network delivers now reaches no process. At the front tap such a request is still recorded, and its call fails.
   */
  get #endedBehind(): ConnectionEnding | undefined {
    return this.#options.tap === 'back' && this.#ending?.by === 'server' ? this.#ending : undefined;
  }

  #pass(call: Call, interval: Interval): void {
    if (call.request === undefined) return;
    call.isPassed = true;
    this.#options.recording.record({ ...this.#identify(call, interval), kind: 'request', ...call.request });
  }

  #completeAnswer(message: HttpMessage): void {
    const call = this.#open.shift();
    if (call === undefined || !this.#isBatchCall(call)) return;
    const { recording, wire } = this.#options;
    const elapsedMs = this.#elapsedMs(call);
    const status = statusOf(message.firstLine);
    const results = wire.results({ status, body: message.body ?? '' }, call.request ?? NOTHING_ASKED);
    recording.record({ ...this.#identify(call, this.#interval), kind: 'answer', status, results, elapsedMs });
    const strange = status < 300 ? wire.strangeWord(results) : undefined;
    if (strange !== undefined) this.#reportWord(strange);
  }

  /** Records a gap: a result with an unknown status word must not look like a missing result. */
  #reportWord(word: string): void {
    const { tap, recording } = this.#options;
    const detail = `the service answered '${word}', a word that protocol.statuses does not explain`;
    const problem = { observer: `${tap}-tap`, kind: 'observer-problem', problem: 'gap', detail } as const;
    recording.record({ ...problem, ...this.#interval });
  }

  #failOpen({ by, how }: ConnectionEnding): void {
    let answerBytes = this.#answers.messageBytes;
    for (const call of this.#open.splice(0)) {
      if (this.#isBatchCall(call)) {
        const elapsedMs = this.#elapsedMs(call);
        const identity = this.#identify(call, this.#interval);
        const outcome = { by, how, requestComplete: call.isPassed, answerBytes, elapsedMs };
        this.#options.recording.record({ ...identity, kind: 'call-failed', ...outcome });
      }
      answerBytes = 0;
    }
  }

  /** Whether a call is, or can be, a batch call. A truncated request cannot be read, but its method may already rule a batch call out. */
  #isBatchCall(call: Call): boolean {
    if (call.isComplete) return call.request !== undefined;
    return this.#options.wire.methods.some((method) => method.startsWith(call.method));
  }

  #elapsedMs(call: Call): number {
    return (this.#interval.latest - call.startedMicros) / 1_000;
  }

  #identify(call: Call, interval: Interval) {
    const { tap, recording } = this.#options;
    call.id ??= recording.nextCall(tap);
    return { observer: `${tap}-tap`, tap, call: call.id, ...interval };
  }
}
