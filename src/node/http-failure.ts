// From what went wrong on a connection to the reason the contract has for it.
import type { FailureReason, HttpOutcome } from '../contract/http.ts';

/** What is known when a request fails. `begun`: its first byte was written; `answerBytes`: bytes received since then. */
export interface FailedRequest {
  readonly error: unknown;
  readonly begun: boolean;
  readonly answerBytes: number;
}

const RESETS = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

/** Why the request brought no answer. Timeouts are the caller's; it measures them itself. */
export function failureReason({ error, begun, answerBytes }: FailedRequest): FailureReason {
  const reset = RESETS.has(codeOf(error));
  // Not connected, for any reason: the other side saw nothing of the request.
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
