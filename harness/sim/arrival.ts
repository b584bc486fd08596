// One arrival of a request at the service, with the back tap. A call has one arrival, or two when the network duplicates the request.
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
  /** Whether the caller has closed its side or the network has ended the connection. */
  readonly isGone: boolean;
  /** Called when the service's answer to an arrival has passed the back tap. */
  answered(answer: TappedAnswer): void;
  /** Ends the connection one hop later. */
  breakLater(end: CallEnd): void;
}

/** One arrival, which is also the caller as the service sees it. */
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

  /** The whole request passes the back tap and reaches the service, even if the caller has left meanwhile. */
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

  /** The caller's side of the connection has ended: the service may continue its work, but its answer is not read. */
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

  /** Whether the service has the request and has neither answered nor ended. */
  get isBeingServed(): boolean {
    return this.#back?.isOpen === true;
  }

  /** Whether the request has been sent and has not arrived. */
  get isOnItsWay(): boolean {
    return this.#back === undefined && !this.#isDiscarded;
  }

  /** The service's side of the connection has ended: a request that has not arrived yet never does. */
  lose(): void {
    if (this.#back === undefined) this.#isDiscarded = true;
  }

  /** The network ends the connection: a request on its way is discarded, and a service that has it sees that its caller left. */
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
    // The first answer that reaches the caller ends the exchange, which ignores the answer to a duplicate.
    this.#caller.answered(answer);
  }

  #refuse(): void {
    const back = this.#back;
    if (back?.isOpen !== true) return;
    back.fail({ by: 'server', how: 'fin' });
    this.#caller.breakLater({ by: 'server', how: 'fin' });
  }
}
