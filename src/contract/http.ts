// The HTTP port: outgoing posts whose outcome is data, and incoming requests as plain values.

/** Time bounds of one call in milliseconds; an absent one is no bound. */
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

/** Why a call brought no whole answer. Only `refused` and `reset-before-write` are definite: the other side saw nothing. */
export type FailureReason = 'refused' | 'reset-before-write' | 'reset' | 'truncated' | 'timeout' | 'closed';

/** What the network did. A call never throws for it. `elapsedMs` is measured by the caller's clock. */
export type HttpOutcome =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly elapsedMs: number }
  | {
      readonly kind: 'failure';
      readonly reason: FailureReason;
      readonly definite: boolean;
      readonly elapsedMs: number;
    };

/** The client of one process. */
export interface Http {
  post(request: HttpPost): Promise<HttpOutcome>;
}

/** An incoming request. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a server can know of the caller of a request that it is answering. */
export interface CallerPresence {
  /** The caller's connection has ended before the answer. The request had arrived whole, and may be acted on all the same. */
  readonly isGone: boolean;
  /** Calls `work` when the caller goes; never when the answer is first. */
  onGone(work: () => void): void;
}

/** The answer to an incoming request; the body is JSON text. */
export interface HttpResponse {
  readonly status: number;
  readonly body: string;
}
