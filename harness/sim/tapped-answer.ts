// An answer on its way through both simulated taps.
import type { HttpResponse } from '../../src/contract/http.ts';
import { type BatchResults, parseResults } from '../execution/batch-wire.ts';

/** An answer that is parsed once for both taps, when the first of them reports it. */
export class TappedAnswer implements HttpResponse {
  readonly status: number;
  readonly body: string;
  #results: BatchResults | undefined;

  constructor({ status, body }: HttpResponse) {
    this.status = status;
    this.body = body;
  }

  /** What the taps understand of it; nothing of one without results. */
  get results(): BatchResults {
    return (this.#results ??= parseResults(this.body));
  }
}
