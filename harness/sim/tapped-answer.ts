// An answer of the service that passes both simulated taps.
import type { HttpResponse } from '../../src/contract/http.ts';
import { type BatchResults, parseResults } from '../execution/batch-wire.ts';

/** An answer that is parsed once for both taps, when the first tap notes it. */
export class TappedAnswer implements HttpResponse {
  readonly status: number;
  readonly body: string;
  #results: BatchResults | undefined;

  constructor({ status, body }: HttpResponse) {
    this.status = status;
    this.body = body;
  }

  /** The results in the body, as the taps parse them. */
  get results(): BatchResults {
    return (this.#results ??= parseResults(this.body));
  }
}
