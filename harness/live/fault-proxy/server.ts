// The rig's own fault proxy: TCP proxies with toxics, driven over HTTP the way Toxiproxy 2.12.0 is. Here in the calling thread; a busy
// thread makes delays late, so the rig itself runs it through threaded.ts.
import { createServer, type Server } from 'node:http';
import { InfrastructureError } from '../../platform/errors.ts';
import { messageOf } from '../../platform/thrown.ts';
import { formatAddress, type HostPort, resolveHost } from './address.ts';
import { apiRoutes } from './api.ts';
import { boundAddress } from './bound-address.ts';
import { ProxyMetrics } from './metrics.ts';
import { ProxyCollection } from './proxy-collection.ts';
import { refuseBytes, requestHandler } from './request-handler.ts';

const HEADER_BYTES_MAX = 1024 * 1024;
const KEEP_ALIVE_MS = 60_000;
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Where the API listens (`127.0.0.1` and a free port by default) and whether it has /metrics. */
export interface FaultProxyOptions {
  readonly host?: string;
  readonly port?: number;
  readonly metrics?: boolean;
}

/** A running fault proxy. `url` is the base of its API; `close` ends the API, every proxy and every link. */
export interface FaultProxy {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a fault proxy in this thread. Throws an InfrastructureError when its port is taken. */
export async function startFaultProxy(options: FaultProxyOptions = {}): Promise<FaultProxy> {
  const { host } = await addressOf(options.host ?? '127.0.0.1');
  const metrics = options.metrics === true ? new ProxyMetrics() : undefined;
  const proxies = new ProxyCollection(metrics);
  const server = createServer(
    { maxHeaderSize: HEADER_BYTES_MAX, keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true, requireHostHeader: false },
    requestHandler(apiRoutes(proxies, metrics)),
  );
  const port = await listen(server, { host, port: options.port ?? 0 });
  server.on('error', () => undefined);
  server.on('clientError', refuseBytes);
  const reachable = WILDCARDS.has(host) ? '127.0.0.1' : host;
  return {
    url: `http://${formatAddress({ host: reachable, port })}`,
    port,
    async close() {
      const closed = new Promise((resolve) => void server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, proxies.clear()]);
    },
  };
}

/** As the real server, IPv4 first, also where the machine's own order is another one. */
async function addressOf(host: string): Promise<HostPort> {
  try {
    return await resolveHost({ host, port: 0 });
  } catch (cause) {
    throw new InfrastructureError(`the fault proxy expected to listen on ${host}, but got ${messageOf(cause)}`, {
      hint: 'Name an address of this machine with --host.',
      cause,
    });
  }
}

function listen(server: Server, address: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException) => {
      reject(
        new InfrastructureError(
          `the fault proxy expected to listen on port ${String(address.port)} of ${address.host}, but got ${cause.code ?? cause.message}`,
          { hint: 'Stop the program that listens there, or ask for port 0 to get a free one.', cause },
        ),
      );
    };
    server.once('error', fail);
    server.listen(address, () => {
      server.off('error', fail);
      resolve(boundAddress(server).port);
    });
  });
}
