// The traffic of the fault proxy's benchmark and its measurement: exchanges one after the other on open connections, one or many, and bulk
// data in one direction. All bytes are prepared once, so that most of the measured time is the proxy's.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { median } from './quantile.ts';

/** One request, as bytes. */
export const REQUEST = Buffer.from('GET /messages HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n');
/** The response to it. */
export const RESPONSE = Buffer.from(
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 24\r\n\r\n{"status": "accepted "  }',
);

const MEBIBYTE = 1024 * 1024;
const BULK_MEBIBYTES = 96;

/** Opens a connection to a port of the loopback. */
export async function dial(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** Exchanges request and response repeatedly, and calls `onResponse` with the time of each exchange, until that returns false. */
export function exchange(socket: Socket, onResponse: (elapsedMs: number) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let missingBytes = RESPONSE.length;
    let startedAtMs = performance.now();
    const begin = () => {
      missingBytes = RESPONSE.length;
      startedAtMs = performance.now();
      socket.write(REQUEST);
    };
    const receive = (data: Buffer) => {
      missingBytes -= data.length;
      if (missingBytes > 0) return;
      if (onResponse(performance.now() - startedAtMs)) return begin();
      socket.off('data', receive);
      resolve();
    };
    socket.on('data', receive);
    socket.once('error', reject);
    begin();
  });
}

/** The median of many exchanges on one connection, in microseconds. */
export async function exchangeMicros(port: number, count: number): Promise<number> {
  const socket = await dial(port);
  const elapsed: number[] = [];
  await exchange(socket, (elapsedMs) => elapsed.push(elapsedMs) < count);
  socket.destroy();
  return median(elapsed) * 1000;
}

/** How many exchanges a second the connections make together. */
export async function exchangesPerSecond(port: number, { connections, forMs }: { connections: number; forMs: number }) {
  const sockets = await Promise.all(Array.from({ length: connections }, () => dial(port)));
  let count = 0;
  const startedAtMs = performance.now();
  await Promise.all(
    sockets.map((socket) => exchange(socket, () => ((count += 1), performance.now() - startedAtMs < forMs))),
  );
  const tookMs = performance.now() - startedAtMs;
  for (const socket of sockets) socket.destroy();
  return (count / tookMs) * 1000;
}

/** The rate of bulk data through one connection, in MiB a second, measured until the server has received all data. */
export async function bulkMebibytesPerSecond(port: number): Promise<number> {
  const socket = await dial(port);
  socket.resume();
  const block = Buffer.alloc(MEBIBYTE, 'B');
  const startedAtMs = performance.now();
  for (let sent = 0; sent < BULK_MEBIBYTES; sent += 1) {
    if (!socket.write(block)) await once(socket, 'drain');
  }
  socket.end();
  await once(socket, 'end');
  return (BULK_MEBIBYTES / (performance.now() - startedAtMs)) * 1000;
}
