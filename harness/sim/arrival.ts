// One arrival of a request at the service, seen by the back tap. A call has one, or two when the network repeats it.
import type { CallerPresence, HttpPost, HttpResponse } from '../../src/contract/http.ts';
import type { ParsedRequest } from '../execution/batch-wire.ts';
import type { Link } from './link.ts';
import { TappedAnswer } from './tapped-answer.ts';
import type { CallEnd, TapCall } from './taps.ts';

/** The call that a request belongs to. */
export interface Caller {
  readonly key: string;
  readonly path: string;
  readonly request: HttpPost;
  readonly parsed: ParsedRequest | undefined;
  /** The caller has closed its side, or the network has ended the connection. */
  readonly isGone: boolean;
  /** The service's answer to an arrival has passed the back tap. */
  answered(answer: TappedAnswer): void;
  /** Ends the connection one hop later. */
  breakLater(end: CallEnd): void;
}

/** One arrival. */
export class Arrival implements CallerPresence {
  readonly #caller: Caller;
  readonly #link: Link;
  #back: TapCall | undefined;
  #isDiscarded = false;
  #hasCallerLeft = false;
  #onGone: (() => void)[] | undefined;

  constructor(caller: Caller, link: Link) {
    this.#caller = caller;
    this.#link = link;
  }

  /** The whole request passes the back tap and reaches the service, also when the caller left long ago. */
  arrive(): void {
    if (this.#isDiscarded) return;
    const { key, parsed, path, request, isGone } = this.#caller;
    const process = this.#link.route(key);
    this.#back = this.#link.taps.open('back', parsed);
    this.#back.request(path);
    if (isGone) this.callerLeft();
    const isUp = process.serve({
      request: { method: 'POST', path, headers: request.headers, body: request.body },
      caller: this,
      replied: (response) => this.#replied(response),
      died: () => this.#refuse(),
    });
    if (!isUp) this.#refuse();
  }

  /** The caller's side of the connection has ended: the service's work goes on, and its answer is not read. */
  callerLeft(): void {
    this.#back?.fail({ by: 'client', how: 'fin' });
    this.#hasCallerLeft = true;
    for (const work of this.#onGone?.splice(0) ?? []) work();
  }

  get isGone(): boolean {
    return this.#hasCallerLeft;
  }

  onGone(work: () => void): void {
    (this.#onGone ??= []).push(work);
  }

  /** The service has it and has neither answered nor ended. */
  get isBeingServed(): boolean {
    return this.#back?.isOpen === true;
  }

  /** It has set out and has not arrived. */
  get isOnItsWay(): boolean {
    return this.#back === undefined && !this.#isDiscarded;
  }

  /** The connection has ended behind the network: what has not arrived yet never does. */
  lose(): void {
    if (this.#back === undefined) this.#isDiscarded = true;
  }

  /** The network throws away what is on its way. */
  discard(): void {
    this.#isDiscarded = true;
    this.callerLeft();
  }

  #replied(response: HttpResponse): void {
    const back = this.#back;
    if (back?.isOpen !== true) return;
    this.#onGone = undefined;
    const answer = new TappedAnswer(response);
    back.answer(answer);
    // The first answer goes to the caller; no caller waits for that to a repeated request.
    this.#caller.answered(answer);
  }

  #refuse(): void {
    const back = this.#back;
    if (back?.isOpen !== true) return;
    back.fail({ by: 'server', how: 'fin' });
    this.#caller.breakLater({ by: 'server', how: 'fin' });
  }
}
