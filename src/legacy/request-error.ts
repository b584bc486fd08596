// A request that is refused for what it asks, with the status the user gets. Anything else that is thrown is a 500.

/** Refuses a request; the message is meant for its sender. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
