// A PostgreSQL and a fault proxy that a test starts outside the rig, which knows only their URLs.
import { startFaultProxyThread } from '../../harness/live/fault-proxy/threaded.ts';
import { startGuard } from '../../harness/live/guard/guard.ts';
import { createRunDirectory } from '../../harness/live/guard/run-directory.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../harness/live/postgres/embedded.ts';

/** Enough for two lanes with few slots. */
const CONNECTIONS = 200;

/** Servers that the rig knows only by their URLs. */
export interface ExternalServers {
  readonly postgres: EmbeddedPostgres;
  /** The URL of the fault proxy's API. */
  readonly proxyUrl: string;
  close(): Promise<void>;
}

/** Starts both servers under their own guard. */
export async function startExternalServers(): Promise<ExternalServers> {
  const guard = await startGuard();
  const directory = await createRunDirectory(guard);
  const [postgres, proxy] = await Promise.all([
    startEmbeddedPostgres({ guard, directory, maxConnections: CONNECTIONS }),
    startFaultProxyThread(),
  ]);
  return {
    postgres,
    proxyUrl: proxy.url,
    async close() {
      await Promise.all([postgres.close(), proxy.close()]);
      await guard.close();
    },
  };
}
