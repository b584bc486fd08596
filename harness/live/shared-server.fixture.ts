// The PostgreSQL server that all live suites share, as a suite sees it.
import { inject } from 'vitest';
import { embeddedServers } from './embedded-infrastructure.ts';
import { removeRun } from './external/run-databases.ts';
import { newRunPrefix } from './external/run-prefix.ts';
import { startFaultProxyThread } from './fault-proxy/threaded.ts';
import type { Infrastructure } from './infrastructure.ts';
import type { PostgresServer } from './postgres/server.ts';
import { runNames } from './run-names.ts';

/** The shared server. A suite names what it makes there so that no other suite can mean it, and closing the server is not its business. */
export function sharedServer(): PostgresServer {
  const { version, url } = inject('sharedServer');
  const address = new URL(url);
  return {
    host: address.hostname,
    port: Number(address.port),
    superuser: address.username,
    version,
    isOwn: true,
    url(database, role) {
      const target = new URL(address);
      target.pathname = `/${encodeURIComponent(database)}`;
      if (role !== undefined) {
        target.username = encodeURIComponent(role.name);
        target.password = encodeURIComponent(role.password);
      }
      return target.href;
    },
    close: () => Promise.resolve(),
  };
}

/** An infrastructure for one lane: the shared server, on which the lane's things have a prefix of their own, and a fault proxy of its own. */
export async function openSharedInfrastructure(): Promise<Infrastructure> {
  const postgres = sharedServer();
  const proxy = await startFaultProxyThread({});
  const prefix = newRunPrefix();
  return {
    ...embeddedServers(postgres, proxy),
    names: runNames(prefix.text),
    async close() {
      await Promise.all([removeRun(postgres, prefix), proxy.close()]);
    },
  };
}
