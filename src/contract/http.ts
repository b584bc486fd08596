// The HTTP port: outgoing posts whose outcome is data, and incoming requests as plain values.

/** Time limits of one call in milliseconds. An absent field means no limit. */
export interface HttpTimeouts {
  readonly totalMs?: number;
  readonly connectMs?: number;
  readonly readMs?: number;
}

/** One outgoing POST. */
export interface HttpPost {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeouts: HttpTimeouts;
}

/** Why a call got no complete answer. Only `refused` and `reset-before-write` are definite: the callee received nothing. */
export type FailureReason = 'refused' | 'reset-before-write' | 'reset' | 'truncated' | 'timeout' | 'closed';

/** The outcome of a call. A network failure is an outcome, never an exception. `elapsedMs` is measured by the caller's clock. */
export type HttpOutcome =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly elapsedMs: number }
  | {
      readonly kind: 'failure';
      readonly reason: FailureReason;
      readonly definite: boolean;
      readonly elapsedMs: number;
    };

/** The HTTP client of one process. */
export interface Http {
  post(request: HttpPost): Promise<HttpOutcome>;
}

/** An incoming request. `path` includes the query string. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a server knows about the caller while it works on the answer. */
export interface CallerPresence {
  /** True once the caller's connection has ended before the answer. The request had arrived whole, so the server can still act on it. */
  readonly isGone: boolean;
  /** Calls `work` when the caller's connection ends before the answer is sent. */
  onGone(work: () => void): void;
}

/** The answer to an incoming request; the body is JSON text. */
export interface HttpResponse {
  readonly status: number;
  readonly body: string;
}
