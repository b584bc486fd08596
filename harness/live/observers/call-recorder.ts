// Reads one connection through a tap as calls and records what happened to each: a whole request, then a whole answer or a failure.
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

/** What a recorder is made for. */
export interface CallRecorderOptions {
  readonly tap: 'front' | 'back';
  readonly recording: Recording;
  /** Reads the calls. */
  readonly wire: BatchWire;
  /** When the connection was accepted. */
  readonly acceptedMicros: number;
}

interface Call {
  readonly startedMicros: number;
  id?: string;
  method: string;
  /** Undefined until the request has come whole, and for what is no batch call. */
  request?: Pick<EventOf<'request'>, 'method' | 'path' | keyof ParsedRequest>;
  isComplete: boolean;
  isPassed: boolean;
}

/**
 * The calls of one connection. Each has exactly one end, whichever comes first: its whole answer, or the end of the connection by either
 * side. A client that closes its side before the answer has given the call up: HTTP clients close both ways at once, and an answer that
 * still passes afterwards is not read.
 */
export class CallRecorder {
  readonly #options: CallRecorderOptions;
  readonly #requests: MessageParser;
  readonly #answers: MessageParser;
  /** Calls without an end, in the order in which answers are due. */
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

  /** The other end has accepted: what came so far has passed now. */
  connected(at: number): void {
    this.#isConnected = true;
    for (const { call, interval } of this.#unpassed) this.#pass(call, { earliest: interval.earliest, latest: at });
    this.#unpassed = [];
  }

  /** Bytes came from the client. */
  requestBytes(chunk: Buffer, interval: Interval): void {
    this.#interval = interval;
    this.#requests.push(chunk);
    if (this.#latest !== undefined && !this.#latest.isComplete) this.#latest.method = this.#requests.firstWord;
  }

  /** Bytes came from the server. */
  answerBytes(chunk: Buffer, interval: Interval): void {
    this.#interval = interval;
    this.#answers.push(chunk);
  }

  /** One side has ended its direction, or everything. */
  ended(ending: ConnectionEnding, interval: Interval): void {
    this.#interval = interval;
    if (ending.by === 'server' && ending.how === 'fin') this.#answers.finish();
    this.#ending ??= ending;
    this.#failOpen(ending);
  }

  /** Nothing of the connection is left. */
  closed(interval: Interval): void {
    this.#interval = interval;
    if (this.#ending === undefined) return;
    this.#failOpen(this.#ending);
    // The server's side ended the connection before the client could say anything: the client meets that as a failed call.
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
   * How the service has ended its side, at the back tap: the process that took the connection is gone or has done with it, so a request
   * that a slow network brings now reaches no process. At the front tap it has been asked all the same, and its call fails.
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

  /** An unknown word in an answer must not count as no result. */
  #reportWord(word: string): void {
    const { tap, recording } = this.#options;
    const detail = `the service answers '${word}', of which protocol.statuses does not say what it means`;
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

  /** A request that was cut off cannot be read, but only one with a method of the protocol can have been going to be a batch call. */
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
