// What a saboteur holds in its hands: one HTTP exchange of the pair, which it may pass on as it is, changed, twice or not at all.
import type { Protocol } from '../../formats/protocol.ts';

/** A whole request. Names of headers are in lower case. */
export interface WireRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A whole answer. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the caller gets: an answer, `silence` for as long as it waits, or a connection that is reset. */
export type Reply = WireAnswer | 'silence' | 'reset';

/** How a request is passed on. */
export interface Passing {
  /** The request is not given up when its caller leaves. */
  readonly outlivesCaller?: boolean;
  /** How long after its head the body of the request follows. */
  readonly pauseMs?: number;
}

/** One exchange on its way. */
export interface Exchange {
  readonly request: WireRequest;
  /** The messages of the run, by what they are known by. */
  readonly items: readonly { readonly recipient: string; readonly body: string }[];
  /** Passes a request on. */
  forward(request: WireRequest, passing?: Passing): Promise<Reply>;
  /** Leaves the marker of the mutant in the history of the run. */
  tookEffect(): void;
}

/** A call of the legacy app to the service. */
export interface CallExchange extends Exchange {
  readonly protocol: Protocol;
  /** How long the legacy app waits for it, as the pair's description says. */
  readonly budgetMs: number;
}

/** A call of one of the systems to its provider. */
export interface ProviderExchange extends Exchange {
  /** Has a request answered as the provider would, which never gets it. */
  forwardUnseen(request: WireRequest): Promise<Reply>;
  /** Passes a request on to the provider of the other system. */
  forwardAsOther(request: WireRequest): Promise<Reply>;
}

/** What a saboteur makes of an exchange. */
export type Sabotage<E extends Exchange> = (exchange: E) => Promise<Reply>;
