// The error of a refused request, which the API answers with its status and message. Any other error becomes a 500.

/** A refused request, with its HTTP status. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}
