// Calls to a worker thread. Several calls can be in flight. The thread can also send events, and can end at any time.
import assert from 'node:assert/strict';
import { parentPort, type Worker } from 'node:worker_threads';
import { InfrastructureError, OnesendError } from './errors.ts';
import { messageOf } from './thrown.ts';

interface Call<Question> {
  readonly number: number;
  readonly question: Question;
}

/** The outcome of a call. An error loses its class between threads, so the caller gets every operating error as an InfrastructureError. */
type Reply<Answer> = { readonly number: number } & (
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'operating-error'; readonly message: string; readonly options: { readonly hint?: string } }
);

type Message<Answer, Event> =
  { readonly kind: 'ready' } | { readonly kind: 'event'; readonly event: Event } | Reply<Answer>;

interface PendingCall<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** A worker thread that serves calls, as its starter sees it. */
export class CallableWorker<Question, Answer, Event = never> {
  /** Resolves with the reason when the thread ends, also by `terminate`. */
  readonly ended: Promise<Error>;
  readonly #worker: Worker;
  readonly #ready: Promise<unknown>;
  readonly #pending = new Map<number, PendingCall<Answer>>();
  #calls = 0;
  #isReady = false;
  #endedBecause: Error | undefined;

  constructor(worker: Worker, onEvent: (event: Event) => void = () => undefined) {
    this.#worker = worker;
    this.#ready = new Promise((resolve) => worker.once('message', resolve));
    worker.on('message', (message: Message<Answer, Event>) => {
      if (message.kind === 'event') onEvent(message.event);
      else if (message.kind === 'ready') this.#isReady = true;
      else this.#settle(message);
    });
    this.ended = new Promise((resolve) => {
      const end = (reason: Error): void => {
        this.#endedBecause ??= reason;
        for (const { reject } of this.#pending.values()) reject(this.#endedBecause);
        this.#pending.clear();
        resolve(this.#endedBecause);
      };
      worker.on('error', (error: unknown) => end(error instanceof Error ? error : new Error(messageOf(error))));
      worker.on('exit', (code) => end(new Error(`the thread ended with code ${code}`)));
    });
  }

  /** Why the thread has ended; undefined while it has not. */
  get endedBecause(): Error | undefined {
    return this.#endedBecause;
  }

  /** Whether the thread serves calls: it has loaded its modules. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Waits until the thread serves calls. Throws the reason when it ends before that. */
  async untilReady(): Promise<void> {
    await Promise.race([this.#ready, this.ended]);
    if (this.#endedBecause !== undefined) throw this.#endedBecause;
  }

  /** Resolves with the thread's answer. Throws the thread's error, or the reason why the thread ended. */
  async call(question: Question): Promise<Answer> {
    if (this.#endedBecause !== undefined) throw this.#endedBecause;
    this.#calls += 1;
    const call: Call<Question> = { number: this.#calls, question };
    return new Promise((resolve, reject) => {
      this.#pending.set(call.number, { resolve, reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      this.#worker.postMessage(call);
    });
  }

  /** Ends the thread at once, in the middle of its work. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(reply: Reply<Answer>): void {
    const pending = this.#pending.get(reply.number);
    this.#pending.delete(reply.number);
    if (reply.kind === 'answer') pending?.resolve(reply.answer);
    else if (reply.kind === 'error') pending?.reject(reply.error);
    else pending?.reject(new InfrastructureError(reply.message, reply.options));
  }
}

/** Called in the thread: serves each call with `answer`. Returns a function that sends an event. */
export function serveCalls<Question, Answer, Event = never>(
  answer: (question: Question) => Promise<Answer>,
): (event: Event) => void {
  const port = parentPort;
  assert(port !== null, 'calls are served in a worker thread only');
  const send = (message: Message<Answer, Event>): void => port.postMessage(message);
  port.on('message', ({ number, question }: Call<Question>) => {
    answer(question).then(
      (value) => send({ kind: 'answer', number, answer: value }),
      (error: unknown) => send({ number, ...errorReply(error) }),
    );
  });
  send({ kind: 'ready' });
  return (event) => send({ kind: 'event', event });
}

function errorReply(error: unknown) {
  if (!(error instanceof OnesendError)) return { kind: 'error', error } as const;
  const options = error.hint === undefined ? {} : { hint: error.hint };
  return { kind: 'operating-error', message: error.message, options } as const;
}
