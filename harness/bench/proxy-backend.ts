// A thread of the fault proxy's benchmark. Without a target it is a server that answers each request with a fixed response and discards
// bulk data. With a target it is a plain relay to that port, the simplest proxy in Node.
import { strict as assert } from 'node:assert';
import { createServer, connect, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { boundAddress } from '../live/fault-proxy/bound-address.ts';
import { REQUEST, RESPONSE } from './proxy-traffic.ts';

const BULK_FIRST_BYTE = 'B'.charCodeAt(0);

function answer(socket: Socket): void {
  let unansweredBytes = 0;
  let isBulk: boolean | undefined;
  socket.on('data', (data) => {
    isBulk ??= data[0] === BULK_FIRST_BYTE;
    if (isBulk) return;
    unansweredBytes += data.length;
    for (; unansweredBytes >= REQUEST.length; unansweredBytes -= REQUEST.length) socket.write(RESPONSE);
  });
  // The benchmark measures the time until this end reaches it: by then all data has arrived here.
  socket.on('end', () => socket.end());
  socket.on('error', () => socket.destroy());
}

function relayTo(port: number): (client: Socket) => void {
  return (client) => {
    const upstream = connect({ host: '127.0.0.1', port, noDelay: true });
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
  };
}

assert(parentPort !== null, 'the backend runs in a worker thread only');
const toParent = parentPort;
const { target }: { target?: number } = workerData;
const onSocket = target === undefined ? answer : relayTo(target);
const server = createServer({ noDelay: true, allowHalfOpen: target === undefined }, onSocket);
server.listen(0, '127.0.0.1', () => toParent.postMessage(boundAddress(server).port, []));
