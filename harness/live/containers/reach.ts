// Connects to each of the two servers once, in the way that the rig will use. Rejects while the server is not up.
import { Client } from 'pg';

const REACH_MS_MAX = 2_000;

/** Logs in to a PostgreSQL server. */
export async function reachPostgres(account: {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}): Promise<void> {
  const client = new Client({ ...account, connectionTimeoutMillis: REACH_MS_MAX });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Asks a Toxiproxy server for its version. */
export async function reachToxiproxy({ host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  await fetch(`http://${host}:${port}/version`, { signal: AbortSignal.timeout(REACH_MS_MAX) });
}
