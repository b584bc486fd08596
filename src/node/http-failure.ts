// Maps an error of a connection to a failure reason of the contract.
import type { FailureReason, HttpOutcome } from '../contract/http.ts';

/** What is known when a request fails. `begun`: its first byte was written; `answerBytes`: bytes received since then. */
export interface FailedRequest {
  readonly error: unknown;
  readonly begun: boolean;
  readonly answerBytes: number;
}

const RESETS = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

/** Why the request got no complete answer. The time limits of a call are not seen here: the client applies them itself. */
export function failureReason({ error, begun, answerBytes }: FailedRequest): FailureReason {
  const reset = RESETS.has(codeOf(error));
  // No byte was written, for any reason: the callee received nothing of the request.
  if (!begun) return reset ? 'reset-before-write' : 'refused';
  if (codeOf(error) === 'ETIMEDOUT') return 'timeout';
  if (reset) return 'reset';
  return answerBytes > 0 ? 'truncated' : 'closed';
}

/** The outcome of a failed call. */
export function failure(reason: FailureReason, elapsedMs: number): HttpOutcome {
  return { kind: 'failure', reason, definite: reason === 'refused' || reason === 'reset-before-write', elapsedMs };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
