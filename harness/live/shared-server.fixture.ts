// Gives a suite its share of the PostgreSQL server that all suites of a project use.
import { inject } from 'vitest';
import { embeddedServers } from './embedded-infrastructure.ts';
import { holdRunLock, removeRun } from './external/run-databases.ts';
import { newRunPrefix } from './external/run-prefix.ts';
import { startFaultProxyThread } from './fault-proxy/threaded.ts';
import type { Infrastructure } from './infrastructure.ts';
import type { PostgresServer } from './postgres/server.ts';
import { runNames } from './run-names.ts';

/** The shared server. A suite must use unique names for what it creates there. `close` does nothing: the set-up closes the server. */
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

/** The share of one suite: everything on the shared server whose name begins with its prefix. */
export interface Share {
  readonly postgres: PostgresServer;
  readonly prefix: string;
  /** Removes what begins with the prefix. */
  close(): Promise<void>;
}

/** Takes a share. It holds the lock of a run: without it, suites that test external servers would remove its databases as a dead run's. */
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

/** Opens an infrastructure for one lane: a share of the server, and its own fault proxy. */
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
