// One connection through a proxy: the client's socket, the socket to the upstream, and a pipeline in each direction. A half-close is not
// preserved: the end of one direction closes its destination, which then ends the other direction.
import { lookup } from 'node:dns';
import { connect, type LookupFunction, type Socket } from 'node:net';
import type { HostPort } from './address.ts';
import { Pipeline } from './pipeline.ts';
import type { Direction, Toxic } from './toxic.ts';

/** What a link gets from its proxy. */
export interface LinkOptions {
  readonly client: Socket;
  readonly upstream: HostPort;
  /** Returns the toxics of the moment; called when the upstream has accepted the connection. */
  readonly toxics: (direction: Direction) => readonly Toxic[];
  /** Called once, when both sockets are closed. */
  readonly onClosed: (link: Link) => void;
}

const lookupIpv4First: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, order: 'ipv4first' }, callback);
};

/** The connection of one client. It connects to the upstream immediately. */
export class Link {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #options: LinkOptions;
  #pipelines: Record<Direction, Pipeline> | undefined;
  #resetsOnClose = false;
  #openSockets = 2;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#client = options.client;
    this.#server = connect({
      ...options.upstream,
      lookup: lookupIpv4First,
      allowHalfOpen: true,
      noDelay: true,
    });
    this.#watch(this.#client);
    this.#watch(this.#server);
    this.#server.once('connect', () => this.#open());
  }

  /** The pipeline of a direction; undefined until the upstream has accepted the connection. */
  pipeline(direction: Direction): Pipeline | undefined {
    return this.#pipelines?.[direction];
  }

  /** Closes both sockets and discards the data in flight. */
  destroy(): void {
    for (const socket of [this.#client, this.#server]) this.#destroy(socket);
  }

  #open(): void {
    const { toxics } = this.#options;
    const upstream = new Pipeline(this.#ends(this.#client, this.#server));
    const downstream = new Pipeline(this.#ends(this.#server, this.#client));
    this.#pipelines = { upstream, downstream };
    this.#resetsOnClose = [...toxics('upstream'), ...toxics('downstream')].some((toxic) => toxic.kind.resetsOnClose);
    upstream.open(toxics('upstream'));
    downstream.open(toxics('downstream'));
  }

  #ends(source: Socket, destination: Socket) {
    return { source, destination, close: () => this.#close(destination) };
  }

  #close(socket: Socket): void {
    // Not end(): after a close the kernel sends a FIN, or a reset if bytes of the peer were never read. Bytes in Node's own buffer must be
    // sent before.
    if (socket.writableLength > 0) socket.write('', () => this.#destroy(socket));
    else this.#destroy(socket);
  }

  #destroy(socket: Socket): void {
    if (this.#resetsOnClose) socket.resetAndDestroy();
    else socket.destroy();
  }

  #watch(socket: Socket): void {
    // A broken connection is an ordinary event here. The 'close' event that follows is enough.
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sideClosed(socket));
  }

  #sideClosed(socket: Socket): void {
    this.#openSockets -= 1;
    if (this.#pipelines === undefined) this.destroy();
    else this.#pipelines[socket === this.#client ? 'upstream' : 'downstream'].inlet.end();
    if (this.#openSockets > 0) return;
    for (const pipeline of Object.values(this.#pipelines ?? {})) pipeline.dispose();
    this.#options.onClosed(this);
  }
}
