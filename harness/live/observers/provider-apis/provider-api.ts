// The interface of a provider API: how a stub reads its requests, and how it answers. An API is strict: it refuses, with a reason, each
// request that the real API would refuse.

/** A request to a provider. */
export interface ProviderRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** The headers by their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** The message that a request asks to send. */
export interface AskedMessage {
  readonly account: string;
  readonly recipient: string;
  readonly body: string;
}

/** An answer of a provider; the body is sent as JSON. */
export interface ProviderAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A request that the API refuses. */
export interface RefusedRequest {
  /** The reason, in words. */
  readonly refused: string;
  readonly answer: ProviderAnswer;
  /** The fields that could be read; a missing one is ''. */
  readonly message: AskedMessage;
}

/** The outcome of a message: accepted, rejected, `failed` (accepted, but answered with 500) or `unavailable` (not accepted, 503). */
export type ProviderReply = 'accepted' | 'rejected' | 'failed' | 'unavailable';

/** An API of a provider. */
export interface ProviderApi {
  readonly name: string;
  /** The host names of the real API. */
  readonly hosts: readonly string[];
  /** Reads a request to send a message; undefined if the request does not belong to this API. */
  read(request: ProviderRequest): AskedMessage | RefusedRequest | undefined;
  answer(reply: ProviderReply, message: AskedMessage & { readonly id: string }): ProviderAnswer;
}

/** The user and the password of an Authorization header with the Basic scheme; undefined for any other header. */
export function basicCredentials(header: string | undefined): { user: string; password: string } | undefined {
  const encoded = /^Basic (\S+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { user, password: rest.join(':') };
}

/** Whether the Content-Type header names this type. */
export function hasContentType({ headers }: ProviderRequest, type: string): boolean {
  return (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() === type;
}
