// The provider stub of one sending system: its handlers, served on a real socket.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { getResponse, type RequestHandler } from 'msw';
import { listen } from './listen.ts';
import { providerHandlers } from './provider-handlers.ts';
import type { ProviderLedger } from './provider-ledger.ts';
import type { ProviderRule } from './provider-rule.ts';

/** One provider stub. */
export class Provider {
  readonly #server: Server;
  readonly #handlers: RequestHandler[];
  #rules: readonly ProviderRule[] = [];

  constructor(ledger: ProviderLedger) {
    this.#handlers = providerHandlers({ ledger, rules: () => this.#rules });
    // Idle connections stay open: closing one at the wrong moment would be a fault nobody has asked for.
    const settings = { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, noDelay: true };
    this.#server = createServer(settings, (request, response) => void this.#serve(request, response));
  }

  /** Starts to listen, on loopback only. */
  async listen(port: number): Promise<void> {
    await listen(this.#server, { host: '127.0.0.1', port });
  }

  /** Replaces the rules. They decide about messages that arrive from now on. */
  program(rules: readonly ProviderRule[]): void {
    this.#rules = rules;
  }

  /** Ends the listener and all connections. */
  async close(): Promise<void> {
    const closed = new Promise<void>((done) => this.#server.close(() => done()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { socket } = outgoing;
    // A client that leaves early must not end the observatory.
    outgoing.on('error', () => {});
    const request = await readWhole(incoming);
    if (request === undefined) return;
    const response = (await getResponse(this.#handlers, request)) ?? new Response(undefined, { status: 404 });
    if (response.type === 'error') {
      socket?.resetAndDestroy();
      return;
    }
    const body = Buffer.from(await response.arrayBuffer());
    outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), 'content-length': body.length });
    outgoing.end(body);
  }
}

/** The request, or nothing when its client left before it was whole: then it has not reached the provider. */
async function readWhole(incoming: IncomingMessage): Promise<Request | undefined> {
  const whole = await buffer(incoming).catch(() => undefined);
  if (whole === undefined) return undefined;
  const { method = 'GET', url = '/', headers } = incoming;
  const body = method === 'GET' || method === 'HEAD' ? null : whole;
  const authorization = headers.authorization;
  return new Request(new URL(url, 'http://provider.invalid'), {
    method,
    body,
    headers: authorization === undefined ? {} : { authorization },
  });
}
