// One HTTP exchange of the pair, as a saboteur gets it. The saboteur can pass the request on unchanged, changed, twice or not at all.
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
  /** Whether the request continues when its caller disconnects. */
  readonly outlivesCaller?: boolean;
  /** The pause between the head and the body of the request. */
  readonly pauseMs?: number;
}

/** One exchange in flight. */
export interface Exchange {
  readonly request: WireRequest;
  /** The messages of the run. */
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
  /** Answers a request as the provider would. The provider stub does not get it. */
  forwardUnseen(request: WireRequest): Promise<Reply>;
  /** Passes a request on to the provider of the other system. */
  forwardAsOther(request: WireRequest): Promise<Reply>;
}

/** The action of a saboteur on an exchange. The caller gets its result. */
export type Sabotage<E extends Exchange> = (exchange: E) => Promise<Reply>;
