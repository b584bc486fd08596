// One arrival of a request at the service. A call has one, or two when the network repeats it.
import type { HttpResponse } from '../../src/contract/http.ts';
import { TappedAnswer } from './batch-reading.ts';
import type { RoadCall } from './road-call.ts';
import type { TapCall } from './taps.ts';

/** One arrival. */
export class Delivery {
  readonly #call: RoadCall;
  #back: TapCall | undefined;
  #isDiscarded = false;

  constructor(call: RoadCall) {
    this.#call = call;
  }

  /** The whole request passes the back tap and reaches the service, also when the caller is long gone. */
  arrive(): void {
    if (this.#isDiscarded) return;
    const { road, reading, path } = this.#call;
    const process = road.route(this.#call.key);
    this.#back = road.taps.open('back', reading);
    this.#back.request(path);
    if (this.#call.isGone) this.#back.fail({ by: 'client', how: 'fin' });
    const isUp = process.serve({
      request: { method: 'POST', path, headers: this.#call.request.headers, body: this.#call.request.body },
      replied: (response) => this.#replied(response),
      died: () => this.#refuse(),
    });
    if (!isUp) this.#refuse();
  }

  /** The caller's side of the connection has ended: the service's work goes on, its answer is read by nobody. */
  callerLeft(): void {
    this.#back?.fail({ by: 'client', how: 'fin' });
  }

  /** The service has it and has neither answered nor ended. */
  get isBeingServed(): boolean {
    return this.#back?.isOpen === true;
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
    const answer = new TappedAnswer(response);
    back.answer(answer);
    // The first answer goes to the caller; one to a repeated request has nobody who waits for it.
    this.#call.answered(answer);
  }

  #refuse(): void {
    const back = this.#back;
    if (back?.isOpen !== true) return;
    back.fail({ by: 'server', how: 'fin' });
    this.#call.breakLater({ by: 'server', how: 'fin' });
  }
}
