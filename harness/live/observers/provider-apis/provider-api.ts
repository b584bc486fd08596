// What a provider stub must know of an API: how to read its requests, and how it answers. It is strict: what the real one would refuse is
// refused here, with a reason.

/** A request to a provider. */
export interface ProviderRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** The headers by their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** A message as a request asks for it. */
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

/** A request that the API refuses: why, in words, and its answer. `message` is what could be read of it. */
export interface RefusedRequest {
  readonly refused: string;
  readonly answer: ProviderAnswer;
  readonly message: AskedMessage;
}

/** What happened to a message: it is taken, it is not, or the API fails (500: it took it; 503: it did not). */
export type ProviderReply = 'accepted' | 'rejected' | 'failed' | 'unavailable';

/** An API of a provider. */
export interface ProviderApi {
  readonly name: string;
  /** The hosts that it has in the world. */
  readonly hosts: readonly string[];
  /** Reads a request to send a message; undefined for one that is none of this API. */
  read(request: ProviderRequest): AskedMessage | RefusedRequest | undefined;
  answer(reply: ProviderReply, message: AskedMessage & { readonly id: string }): ProviderAnswer;
}

/** The user and the password of an Authorization header of HTTP's Basic scheme; undefined for another one. */
export function basicCredentials(header: string | undefined): { user: string; password: string } | undefined {
  const encoded = /^Basic (\S+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { user, password: rest.join(':') };
}

/** Whether the body is said to be of this type. */
export function hasContentType({ headers }: ProviderRequest, type: string): boolean {
  return (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() === type;
}
