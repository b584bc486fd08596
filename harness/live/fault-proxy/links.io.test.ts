// Tests links without toxics, and how they end.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Recorded, addToxic, portOf, startPeers, type Peers } from './peers.fixture.ts';

const MEBIBYTE = 1024 * 1024;

let peers: Peers;

beforeEach(async () => {
  peers = await startPeers();
});

afterEach(() => peers.close());

test('a link passes data both ways', async () => {
  const { client, server } = await peers.open();
  client.socket.write('question');
  expect((await server.received(8)).toString()).toBe('question');
  server.socket.write('answer');
  expect((await client.received(6)).toString()).toBe('answer');
});

test('a link closes both sides when the client ends its direction, so that later replies are lost', async () => {
  const { client, server } = await peers.open();
  client.socket.end('request');
  expect(await server.ending).toBe('fin');
  server.socket.write('too late');
  expect(await client.ending).toBe('fin');
  expect(client.text).toBe('');
});

test("a link passes the server's data before the server's end", async () => {
  const { client, server } = await peers.open();
  server.socket.end('record');
  expect(await client.ending).toBe('fin');
  expect(client.text).toBe('record');
});

test.each(['client', 'server'] as const)('a link passes a reset by the %s to the other side as a FIN', async (side) => {
  const ends = await peers.open();
  const other = side === 'client' ? ends.server : ends.client;
  ends[side].socket.resetAndDestroy();
  expect(await other.ending).toBe('fin');
});

test('a link is closed when the proxy cannot connect to the upstream', async () => {
  for (const upstream of ['127.0.0.1:1', 'not an address']) {
    const wire = await peers.api.createProxy({ name: upstream.slice(0, 3), listen: '127.0.0.1:0', upstream });
    const client = new Recorded(connect(portOf(wire.listen), '127.0.0.1'));
    expect(await client.ending).toBe('fin');
  }
});

test.each(['no toxic', 'noop', 'bandwidth', 'slicer'])(
  'a link makes the writer wait while the reader does not read, with %s',
  async (type) => {
    const attributes = { rate: 1_000_000, average_size: 10_000 };
    if (type !== 'no toxic') await addToxic(peers.wire, { type, attributes });
    const { client, server } = await peers.open();
    server.socket.pause();
    // Far more than the buffers of four sockets and the queue of a toxic hold.
    const total = 128 * MEBIBYTE;
    let passed = 0;
    const pump = async () => {
      for (; passed < total; passed += MEBIBYTE) {
        await new Promise((resolve) => void client.socket.write(Buffer.alloc(MEBIBYTE), resolve));
      }
    };
    const pumped = pump();
    for (let before = -1; before !== passed; await sleep(200)) before = passed;
    expect(passed).toBeLessThan(total);
    server.socket.resume();
    await pumped;
  },
);

test('a link passes a large stream without loss', async () => {
  const { client, server } = await peers.open();
  const [sent, received] = [createHash('sha256'), createHash('sha256')];
  server.socket.removeAllListeners('data');
  server.socket.on('data', (data: Buffer) => received.update(data));
  for (let part = 0; part < 32; part += 1) {
    const data = randomBytes(MEBIBYTE);
    sent.update(data);
    if (!client.socket.write(data)) await once(client.socket, 'drain');
  }
  client.socket.end();
  await server.ending;
  expect(received.digest('hex')).toBe(sent.digest('hex'));
});
