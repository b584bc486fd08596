// For tests of the fault proxy: a fault proxy, a server behind one of its proxies, and connections through it whose bytes are recorded.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Toxiproxy, type ICreateToxicBody, type Proxy, type Toxic } from 'toxiproxy-node-client';
import { createMutex } from '../../platform/mutex.ts';
import { boundAddress } from './bound-address.ts';
import { startFaultProxy, type FaultProxy, type FaultProxyOptions } from './server.ts';

/** How the other side ended a connection. */
export type Ending = 'fin' | 'reset';

/** One end of a connection, with all bytes that it has received. It never closes by itself. */
export class Recorded {
  readonly socket: Socket;
  readonly ending: Promise<Ending>;
  readonly chunks: Buffer[] = [];
  ended = false;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (data: Buffer) => this.chunks.push(data));
    this.ending = new Promise((resolve) => {
      const record = (ending: Ending) => () => {
        this.ended = true;
        resolve(ending);
      };
      socket.once('end', record('fin'));
      socket.once('error', record('reset'));
    });
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  get text(): string {
    return this.bytes.toString();
  }

  /** Waits until it has received at least `count` bytes. */
  async received(count: number): Promise<Buffer> {
    while (this.bytes.length < count) await once(this.socket, 'data');
    return this.bytes;
  }
}

/** The two ends of one connection through the proxy. */
export interface Ends {
  readonly client: Recorded;
  readonly server: Recorded;
}

/** A fault proxy with one proxy, `wire`, in front of a server. */
export interface Peers {
  readonly url: string;
  readonly api: Toxiproxy;
  readonly wire: Proxy;
  readonly upstream: string;
  /** Opens a connection through `wire`, or another proxy to the same server, and waits until the server and the proxy have accepted it. */
  open(proxy?: Proxy): Promise<Ends>;
  close(): Promise<void>;
}

/** Starts a fault proxy in this thread, and its peers. */
export async function startPeers(options: FaultProxyOptions = {}): Promise<Peers> {
  return peersAround(await startFaultProxy(options));
}

/** Starts peers for a fault proxy that runs already. Closing them closes it. */
export async function peersAround(faultProxy: FaultProxy): Promise<Peers> {
  const sockets: Socket[] = [];
  const keep = (socket: Socket) => {
    sockets.push(socket);
    return new Recorded(socket);
  };
  const inTurn = createMutex();
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const upstream = `127.0.0.1:${String(boundAddress(server).port)}`;
  const api = new Toxiproxy(faultProxy.url);
  const wire = await api.createProxy({ name: 'wire', listen: '127.0.0.1:0', upstream });
  return {
    url: faultProxy.url,
    api,
    wire,
    upstream,
    open: (proxy = wire) =>
      inTurn(async () => {
        const accepted = new Promise<Recorded>((resolve) => {
          server.once('connection', (socket) => resolve(keep(socket)));
        });
        const client = connect({ port: portOf(proxy.listen), host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
        const ends = { client: keep(client), server: await accepted };
        // The proxy may notice the connection later than the server. After it has answered this request, the link has its toxics.
        await (await fetch(`${faultProxy.url}/version`)).text();
        return ends;
      }),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await faultProxy.close();
    },
  };
}

/** A toxic in the short form of the tests. */
export interface ToxicSpec {
  readonly name?: string;
  readonly type: string;
  readonly stream?: 'upstream' | 'downstream';
  readonly toxicity?: number;
  readonly attributes?: Readonly<Record<string, number>>;
}

/** Adds a toxic, upstream by default. The cast is needed because the types of the client library do not know every toxic. */
export function addToxic(proxy: Proxy, spec: ToxicSpec): Promise<Toxic<Record<string, number>>> {
  const body = { name: spec.type, stream: 'upstream', toxicity: 1, attributes: {}, ...spec };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return proxy.addToxic(body as ICreateToxicBody<Record<string, number>>);
}

/** The port of a "host:port" text. */
export function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1));
}

/**
 * Waits until data that no toxic holds has arrived on the loopback. A thread that was late reads what has arrived only in the turns of its
 * event loop after the pause: from the client into the proxy, and from there into the server.
 */
export async function settle(): Promise<void> {
  await sleep(60);
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
}
