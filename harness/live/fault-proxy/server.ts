// The rig's own fault proxy: TCP proxies with toxics and the HTTP API of Toxiproxy 2.12.0. It runs in the calling thread; a busy thread
// prolongs its delays, so the rig itself starts it by threaded.ts.
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

/** The options of a fault proxy. */
export interface FaultProxyOptions {
  /** Where the API listens; `127.0.0.1` by default. */
  readonly host?: string;
  /** A free port by default. */
  readonly port?: number;
  /** Whether the API has /metrics; false by default. */
  readonly metrics?: boolean;
}

/** A running fault proxy. */
export interface FaultProxy {
  /** The base URL of its API. */
  readonly url: string;
  readonly port: number;
  /** Closes the API, every proxy and every link. */
  close(): Promise<void>;
}

/** Starts a fault proxy in this thread. Throws an InfrastructureError if it cannot listen at this address. */
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

/** Resolves the host as Toxiproxy does: IPv4 first, even if the machine prefers IPv6. */
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
