// The PostgreSQL server that the suites of a project share, as a suite sees it.
import { inject } from 'vitest';
import { embeddedServers } from './embedded-infrastructure.ts';
import { holdRunLock, removeRun } from './external/run-databases.ts';
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

/** What one suite has on the shared server: everything that begins with its prefix. */
export interface Share {
  readonly postgres: PostgresServer;
  readonly prefix: string;
  /** Removes what begins with the prefix. */
  close(): Promise<void>;
}

/** Takes a share. It holds the lock of a run, or a suite that visits the server as a guest would take its things for those of a dead one. */
export async function takeShare(): Promise<Share> {
  const postgres = sharedServer();
  const prefix = newRunPrefix();
  const lock = await holdRunLock(postgres, prefix);
  return {
    postgres,
    prefix: prefix.text,
    async close() {
      await removeRun(postgres, prefix);
      await lock.release();
    },
  };
}

/** An infrastructure for one lane: its share of the server, and a fault proxy of its own. */
export async function openSharedInfrastructure(): Promise<Infrastructure> {
  const [share, proxy] = await Promise.all([takeShare(), startFaultProxyThread({})]);
  return {
    ...embeddedServers(share.postgres, proxy),
    names: runNames(share.prefix),
    async close() {
      await Promise.all([share.close(), proxy.close()]);
    },
  };
}
