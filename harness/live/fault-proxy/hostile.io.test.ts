// Tests malicious or very large input: the server refuses it or does what it asks, and then answers the next request normally.
import { once } from 'node:events';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refuseBytes } from './request-handler.ts';
import { startPeers, type Ends, type Peers } from './peers.fixture.ts';
import { toxicKinds } from './toxics/registry.ts';

const LARGE_BYTES = 50 * 1024 * 1024;

let peers: Peers;

beforeEach(async () => {
  peers = await startPeers();
});

afterEach(() => peers.close());

/** Whether the API answers and a new link carries data. */
async function isWell(): Promise<boolean> {
  await peers.api.reset();
  const { client, server } = await peers.open();
  client.socket.write('x');
  return (await server.received(1)).length === 1;
}

async function post(path: string, body: string): Promise<number> {
  const answer = await fetch(peers.url + path, { method: 'POST', body });
  await answer.text();
  return answer.status;
}

test.each([
  ['one long name', `{"name":"${'x'.repeat(LARGE_BYTES)}"}`, 400],
  ['one long number', `{"name":${'9'.repeat(LARGE_BYTES)}}`, 400],
  ['many unknown values', `{"odd":[${'1,'.repeat(LARGE_BYTES / 2)}1]}`, 400],
  ['deep nesting', '['.repeat(LARGE_BYTES), 400],
  ['more bytes than the server reads', 'x'.repeat(70 * 1024 * 1024), 413],
])('the server refuses a body of %s', async (_title, body, status) => {
  expect(await post('/proxies', body)).toBe(status);
  expect(await isWell()).toBe(true);
});

test('the server refuses an attribute of millions of digits', async () => {
  const body = `{"type":"latency","attributes":{"latency":${'9'.repeat(LARGE_BYTES)}}}`;
  expect(await post('/proxies/wire/toxics', body)).toBe(400);
  expect(await isWell()).toBe(true);
});

test('the server refuses a populate request with millions of proxies without names', async () => {
  expect(await post('/populate', `[${'{},'.repeat(3_000_000)}{}]`)).toBe(400);
  expect(await isWell()).toBe(true);
});

test('the server survives extreme attributes of every toxic', async () => {
  for (const [type, kind] of toxicKinds) {
    for (const attribute of kind.attributes) {
      for (const value of ['9223372036854775807', '-9223372036854775808', '0', '-1']) {
        const body = `{"name":"extreme","type":"${type}","attributes":{"${attribute}":${value}}}`;
        expect(await post('/proxies/wire/toxics', body)).toBe(200);
        const { client, server } = await peers.open();
        server.socket.write('some bytes');
        client.socket.end('some bytes');
        await fetch(`${peers.url}/proxies/wire/toxics/extreme`, { method: 'DELETE' });
      }
    }
  }
  expect(await isWell()).toBe(true);
});

test('the server answers a thousand simultaneous requests', async () => {
  const answers = await Promise.all(
    Array.from({ length: 1000 }, async (_, index) => {
      const name = `p${String(index % 100)}`;
      const body = JSON.stringify({ name, listen: '127.0.0.1:0', upstream: peers.upstream });
      return post('/proxies', body);
    }),
  );
  expect(answers.filter((status) => status === 201)).toHaveLength(100);
  expect(answers.filter((status) => status === 409)).toHaveLength(900);
});

test.each([
  ['not HTTP', 'nonsense\r\n\r\n'],
  ['half a request', 'POST /proxies HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"na'],
  ['a broken chunk', 'POST /proxies HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
])('the server survives a client that sends %s and resets the connection', async (_title, text) => {
  const port = Number(new URL(peers.url).port);
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  await new Promise((resolve) => void socket.write(text, resolve));
  socket.resetAndDestroy();
  await once(socket, 'close');
  expect(await isWell()).toBe(true);
});

test.each([
  ['HPE_INVALID_METHOD', 'HTTP/1.1 400 Bad Request'],
  ['HPE_HEADER_OVERFLOW', 'HTTP/1.1 431 Request Header Fields Too Large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', 'HTTP/1.1 408 Request Timeout'],
  ['ECONNRESET', ''],
])('bytes that are no request (%s) get an error status, unless the connection was reset', async (code, firstLine) => {
  const socket = new PassThrough();
  refuseBytes(Object.assign(new Error(code), { code }), socket);
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  await once(socket, 'close');
  expect(Buffer.concat(parts).toString().split('\r\n')[0]).toBe(firstLine);
});

test('the server survives connections that are reset at any moment', async () => {
  for (let round = 0; round < 50; round += 1) {
    const { client, server } = await peers.open();
    client.socket.write(Buffer.alloc(100_000));
    server.socket.write(Buffer.alloc(100_000));
    if (round % 2 === 0) await new Promise(setImmediate);
    (round % 3 === 0 ? client : server).socket.resetAndDestroy();
  }
  expect(await isWell()).toBe(true);
});

test('two hundred proxies and a thousand links work at the same time', async () => {
  const inputs = Array.from({ length: 200 }, (_, index) => ({
    name: `p${String(index)}`,
    listen: '127.0.0.1:0',
    upstream: peers.upstream,
  }));
  const proxies = Object.values(await peers.api.populate(inputs));
  const links: Ends[] = [];
  for (let round = 0; round < 5; round += 1) {
    for (const proxy of proxies) links.push(await peers.open(proxy));
  }
  for (const [index, { client }] of links.entries()) client.socket.write(String(index).padStart(4, '0'));
  const texts = await Promise.all(links.map(async ({ server }) => (await server.received(4)).toString()));
  expect(texts).toEqual(links.map((_, index) => String(index).padStart(4, '0')));
});
