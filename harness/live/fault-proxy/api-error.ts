// A refusal that the API answers with a status and a message; everything else that is thrown becomes a 500.

/** A request that cannot be met, with the HTTP status that says so. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}
