// A thread of the fault proxy's benchmark: a server that answers each request with one fixed response and swallows bulk data, or, given a
// target, a plain relay to it: the least that a proxy in Node can be.
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
  // The one who measures waits until all of it has arrived.
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
