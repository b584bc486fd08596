// Tries what the live lane does first: connects over loopback, makes a database cluster, starts PostgreSQL and sends it a query.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { Client } from 'pg';
import type { DoctorCheck } from '../formats/doctor.ts';
import { startGuard } from '../live/guard/guard.ts';
import { createRunDirectory } from '../live/guard/run-directory.ts';
import { startEmbeddedPostgres } from '../live/postgres/embedded.ts';
import { FIRST_PORT, freePort, LAST_PORT } from '../live/process/ports.ts';
import { examined } from './examination.ts';

const CONNECT_MS_MAX = 5_000;
/** More than one is needed: PostgreSQL reserves a few connections. */
const CONNECTIONS = 20;

/** Tries all of it, and removes everything that it started or made. */
export async function examineServers(): Promise<DoctorCheck[]> {
  return [
    await examined({ subject: 'loopback', isNeeded: true }, connectToItself),
    await examined({ subject: 'ports', isNeeded: false }, comparePortRanges),
    await examined({ subject: 'embedded PostgreSQL', isNeeded: true }, startAndAsk),
  ];
}

async function connectToItself(): Promise<string> {
  const port = await freePort();
  const server = createServer((socket) => void socket.end()).listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    const signal = AbortSignal.timeout(CONNECT_MS_MAX);
    const socket = connect({ port, host: '127.0.0.1' }).resume();
    await once(socket, 'close', { signal });
    return `connected to 127.0.0.1:${port}`;
  } finally {
    server.close();
  }
}

/** The kernel gives ports of its range to outgoing connections: a restarted process could find its port taken. */
async function comparePortRanges(): Promise<string> {
  const text = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').catch(() => '');
  const [first = 32_768, last = 60_999] = text.trim().split(/\s+/).filter(Boolean).map(Number);
  const own = `${FIRST_PORT} to ${LAST_PORT}`;
  if (first > LAST_PORT || last < FIRST_PORT) return `${own}, apart from the kernel's ${first} to ${last}`;
  throw new Error(
    `${own} overlap with net.ipv4.ip_local_port_range, ${first} to ${last}: a port can be taken for a moment`,
  );
}

async function startAndAsk(): Promise<string> {
  const guard = await startGuard();
  try {
    const directory = await createRunDirectory(guard);
    const postgres = await startEmbeddedPostgres({ guard, directory, maxConnections: CONNECTIONS });
    try {
      const client = new Client({
        connectionString: postgres.url('postgres'),
        connectionTimeoutMillis: CONNECT_MS_MAX,
      });
      await client.connect();
      await client.query('SELECT 1');
      await client.end();
    } finally {
      await postgres.close();
    }
    return `${postgres.version}, started and queried`;
  } finally {
    await guard.close();
  }
}
