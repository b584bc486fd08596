// The provider stub of one sending system: serves the APIs of its providers on a real socket.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { getResponse, type RequestHandler } from 'msw';
import type { Reply, WireRequest } from '../sabotage/exchange.ts';
import { sendReply } from '../sabotage/relay.ts';
import { type DoorParts, EgressDoor } from './egress-door.ts';
import { listen } from './listen.ts';
import type { ProviderApi } from './provider-apis/provider-api.ts';
import { providerHandlers } from './provider-handlers.ts';
import { noteDistrust, type ProviderLedger } from './provider-ledger.ts';
import type { ProviderRule } from './provider-rule.ts';

/** One provider stub. */
export class Provider {
  readonly #server: Server;
  readonly #door: EgressDoor | undefined;
  readonly #handlers: RequestHandler[];
  /** The same handlers, but they record nothing. */
  readonly #unseen: RequestHandler[];
  #rules: readonly ProviderRule[] = [];
  #sabotage: ((request: WireRequest) => Promise<Reply>) | undefined;

  constructor(ledger: ProviderLedger, apis: readonly ProviderApi[], door?: Pick<DoorParts, 'serving' | 'onRefused'>) {
    const rules = (): readonly ProviderRule[] => this.#rules;
    this.#handlers = providerHandlers({ ledger, apis, rules });
    this.#unseen = providerHandlers({ ledger: { ...ledger, recording: () => undefined }, apis, rules });
    // Idle connections stay open: closing one at the wrong moment would be a fault outside the scenario.
    const settings = { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, noDelay: true };
    this.#server = createServer(settings, (request, response) => void this.#serve(request, response));
    const hosts = apis.flatMap((api) => api.hosts);
    const onDistrusted = (host: string): void => noteDistrust(ledger, host);
    this.#door = door === undefined ? undefined : new EgressDoor({ ...door, hosts, onDistrusted });
    this.#door?.openIn(this.#server);
  }

  /** Starts to listen, on loopback only. */
  async listen(port: number): Promise<void> {
    await listen(this.#server, { host: '127.0.0.1', port });
  }

  /** Replaces the rules for messages that arrive from now on. */
  program(rules: readonly ProviderRule[]): void {
    this.#rules = rules;
  }

  /** Lets a saboteur answer the requests that arrive from now on; undefined lets the stub answer again. */
  sabotage(treatment: ((request: WireRequest) => Promise<Reply>) | undefined): void {
    this.#sabotage = treatment;
  }

  /** Answers a request by the rules, and records its message. */
  answer(request: WireRequest): Promise<Reply> {
    return replyOf(this.#handlers, request);
  }

  /** Answers a request by the rules, and records nothing. */
  answerUnseen(request: WireRequest): Promise<Reply> {
    return replyOf(this.#unseen, request);
  }

  /** Closes the listener and all connections. */
  async close(): Promise<void> {
    const closed = new Promise<void>((done) => this.#server.close(() => done()));
    this.#server.closeAllConnections();
    await closed;
  }

  #treat(request: WireRequest): Promise<Reply> {
    return this.#sabotage?.(request) ?? this.answer(request);
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    // A client that leaves early must not end the observatory.
    outgoing.on('error', () => {});
    const request = await readWhole(incoming);
    if (request === undefined) return;
    const target = this.#door === undefined ? request.target : this.#door.pathOf(request.target);
    sendReply(outgoing, target === undefined ? REFUSED : await this.#treat({ ...request, target }));
  }
}

/** The answer of a proxy to a request for a refused host. */
const REFUSED: Reply = { status: 403, headers: {}, body: '' };

/** The request; undefined if its client left before it was complete: then it has not reached the provider. */
async function readWhole(incoming: IncomingMessage): Promise<WireRequest | undefined> {
  const body = await text(incoming).catch(() => undefined);
  if (body === undefined) return undefined;
  const { method = 'GET', url: target = '/', headers } = incoming;
  const fields = Object.entries(headers).map(([name, value = '']) => [name, [value].flat().join(', ')]);
  return { method, target, headers: Object.fromEntries(fields), body };
}

async function replyOf(handlers: RequestHandler[], { method, target, headers, body }: WireRequest): Promise<Reply> {
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const request = new Request(new URL(target, 'http://provider.invalid'), {
    method,
    body: hasBody ? body : null,
    headers: { ...headers },
  });
  const response = (await getResponse(handlers, request)) ?? new Response(undefined, { status: 404 });
  if (response.type === 'error') return 'reset';
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}
