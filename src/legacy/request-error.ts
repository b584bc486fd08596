// The error for a request that the legacy app refuses, with the HTTP status of the response.

/** Thrown to refuse a request. The response has `status`, and the message as its error text. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
