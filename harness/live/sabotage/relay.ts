// A saboteur between two ends of a link: an HTTP server that reads each call as a whole, and passes it on as the sabotage changes it.
import {
  createServer,
  type IncomingMessage,
  request as openRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { boundAddress } from '../fault-proxy/bound-address.ts';
import { listen } from '../observers/listen.ts';
import type { Passing, Reply, WireAnswer, WireRequest } from './exchange.ts';

/** The server to which a relay passes calls on. */
export interface RelayTarget {
  readonly host: string;
  readonly port: number;
}

/** One call that a relay has taken. */
export interface RelayedCall {
  readonly request: WireRequest;
  forward(request: WireRequest, passing?: Passing): Promise<Reply>;
}

/** Headers that belong to one connection, and the length of the body, which can change. */
const OF_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'expect', 'upgrade']);

/** A relay that accepts connections until it is closed. */
export class Relay {
  readonly #server: Server;
  readonly #target: RelayTarget;
  readonly #treat: (call: RelayedCall) => Promise<Reply>;

  private constructor(target: RelayTarget, treat: (call: RelayedCall) => Promise<Reply>) {
    this.#target = target;
    this.#treat = treat;
    const settings = { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, noDelay: true };
    this.#server = createServer(settings, (request, response) => void this.#serve(request, response));
  }

  /** Starts a relay on a free port; `treat` returns the reply to each call. */
  static async open(target: RelayTarget, treat: (call: RelayedCall) => Promise<Reply>): Promise<Relay> {
    const relay = new Relay(target, treat);
    await listen(relay.#server, { host: '127.0.0.1', port: 0 });
    return relay;
  }

  /** The port that it listens on. */
  get port(): number {
    return boundAddress(this.#server).port;
  }

  /** Serves a connection that was accepted elsewhere. */
  take(socket: Socket): void {
    this.#server.emit('connection', socket);
  }

  /** Ends the listener and all connections. */
  async close(): Promise<void> {
    const closed = new Promise<void>((done) => this.#server.close(() => done()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    outgoing.on('error', () => {});
    const callerLeft = new AbortController();
    outgoing.on('close', () => callerLeft.abort());
    const body = await buffer(incoming).catch(() => undefined);
    if (body === undefined) return;
    const { method = 'GET', url = '/', headers } = incoming;
    const request = { method, target: url, headers: endToEnd(headers), body: body.toString('utf8') };
    const reply = await this.#treat({
      request,
      forward: (passed, passing = {}) => this.#forward(passed, passing, callerLeft.signal),
    });
    sendReply(outgoing, reply);
  }

  #forward({ method, target, headers, body }: WireRequest, passing: Passing, callerLeft: AbortSignal): Promise<Reply> {
    const { pauseMs = 0, outlivesCaller = false } = passing;
    return new Promise((done) => {
      const bytes = Buffer.from(body);
      const sized = { ...headers, 'content-length': bytes.length, connection: 'close' };
      const { host, port } = this.#target;
      const passed = openRequest({ host, port, method, path: target, headers: sized, agent: false });
      if (!outlivesCaller) callerLeft.addEventListener('abort', () => passed.destroy(), { once: true });
      passed.on('error', () => done('reset'));
      passed.on('response', (response) => done(readAnswer(response)));
      passed.flushHeaders();
      if (pauseMs === 0) passed.end(bytes);
      else void sleep(pauseMs).then(() => passed.end(bytes));
    });
  }
}

/** Sends a reply to the caller. */
export function sendReply(outgoing: ServerResponse, reply: Reply): void {
  if (reply === 'silence') return;
  if (reply === 'reset') {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  const bytes = Buffer.from(reply.body);
  outgoing.writeHead(reply.status, { ...reply.headers, 'content-length': bytes.length });
  outgoing.end(bytes);
}

async function readAnswer(response: IncomingMessage): Promise<WireAnswer | 'reset'> {
  const body = await buffer(response).catch(() => undefined);
  if (body === undefined) return 'reset';
  return { status: response.statusCode ?? 0, headers: endToEnd(response.headers), body: body.toString('utf8') };
}

function endToEnd(headers: IncomingMessage['headers']): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !OF_CONNECTION.has(name));
  return Object.fromEntries(kept.map(([name, value = '']) => [name, Array.isArray(value) ? value.join(', ') : value]));
}
