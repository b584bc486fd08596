// The outcomes of the HTTP client against raw servers that provoke each failure reason of the contract.
import { EventEmitter, once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { HttpOutcome, HttpTimeouts } from '../contract/http.ts';
import { createNodeHttp, type NodeHttp } from './http-client.ts';
import { failureReason } from './http-failure.ts';

/** A raw server; `requests` counts the requests that have arrived whole, over all connections. */
interface RawServer {
  readonly url: string;
  readonly sockets: readonly Socket[];
  requests: number;
  /** Resolves when the first connection has ended. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

const closers: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function startRaw(answer: (socket: Socket, nth: number) => void): Promise<RawServer> {
  const sockets: Socket[] = [];
  const ends = new EventEmitter();
  const closed = once(ends, 'closed').then(() => undefined);
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    let received = '';
    socket
      .on('error', () => {})
      .on('end', () => socket.end())
      .on('close', () => ends.emit('closed'));
    socket.on('data', (bytes) => {
      received += bytes.toString();
      if (!received.endsWith('end of request')) return;
      received = '';
      raw.requests += 1;
      answer(socket, raw.requests);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    server.close();
    if (server.listening) await once(server, 'close');
  };
  const raw: RawServer = { url: `http://127.0.0.1:${port}/path`, sockets, requests: 0, closed, close };
  closers.push(close);
  return raw;
}

function client(): NodeHttp {
  const http = createNodeHttp();
  closers.push(() => http.close());
  return http;
}

const post = (http: NodeHttp, url: string, timeouts: HttpTimeouts = { totalMs: 5_000 }): Promise<HttpOutcome> =>
  http.post({ url, body: 'end of request', headers: { 'content-type': 'text/plain' }, timeouts });

const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';

test.each<[string, string, (socket: Socket) => void]>([
  ['reset after the request was written', 'reset', (socket) => socket.resetAndDestroy()],
  [
    'reset in the middle of the answer',
    'reset',
    (socket) => socket.write(whole.slice(0, -2), () => setTimeout(() => socket.resetAndDestroy(), 20)),
  ],
  ['closed before any byte of an answer', 'closed', (socket) => socket.end()],
  ['cut in the status line', 'truncated', (socket) => socket.end('HTTP/1.')],
  ['cut in the headers', 'truncated', (socket) => socket.end(whole.slice(0, 30))],
  ['cut before the body', 'truncated', (socket) => socket.end(whole.slice(0, -5))],
  ['cut in the body', 'truncated', (socket) => socket.end(whole.slice(0, -1))],
  [
    'cut in a chunked body',
    'truncated',
    (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'),
  ],
  ['answered with something that is not HTTP', 'truncated', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')],
])('a call that is %s fails with the indefinite reason %s, and is sent once', async (_title, reason, answer) => {
  const raw = await startRaw(answer);
  const http = client();
  expect(await post(http, raw.url)).toMatchObject({ kind: 'failure', reason, definite: false });
  expect(raw.requests).toBe(1);
  expect(raw.sockets).toHaveLength(1);
});

test('a call to a port without a listener fails with the definite reason refused', async () => {
  const raw = await startRaw(() => {});
  await raw.close();
  expect(await post(client(), raw.url)).toMatchObject({ kind: 'failure', reason: 'refused', definite: true });
});

test('a call whose kept connection is reset before the write fails definitely, and is not sent again', async () => {
  const raw = await startRaw((socket) => socket.write(whole));
  const http = client();
  expect(await post(http, raw.url)).toMatchObject({ kind: 'answer' });
  raw.sockets[0]?.resetAndDestroy();
  expect(await post(http, raw.url)).toMatchObject({ kind: 'failure', reason: 'reset-before-write', definite: true });
  expect(raw.requests).toBe(1);
  expect(await post(http, raw.url)).toMatchObject({ kind: 'answer' });
  expect(raw.requests).toBe(2);
});

test.each<[string, Parameters<typeof failureReason>[0], string]>([
  ['an unknown name', { error: coded('ENOTFOUND'), begun: false, answerBytes: 0 }, 'refused'],
  ['an unreachable host', { error: coded('EHOSTUNREACH'), begun: false, answerBytes: 0 }, 'refused'],
  ['a reset while connecting', { error: coded('ECONNRESET'), begun: false, answerBytes: 0 }, 'reset-before-write'],
  ['a broken pipe', { error: coded('EPIPE'), begun: true, answerBytes: 0 }, 'reset'],
  [
    'an answer that never came over a dead route',
    { error: coded('ETIMEDOUT'), begun: true, answerBytes: 0 },
    'timeout',
  ],
])('%s is mapped to its failure reason', (_title, failed, reason) => {
  expect(failureReason(failed)).toBe(reason);
});

function trickle(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
  const timer = setInterval(() => socket.write('x'), 5);
  socket.on('close', () => clearInterval(timer));
}

test.each<[string, (socket: Socket) => void, HttpTimeouts, number]>([
  ['without any answer ends at its total limit', () => {}, { totalMs: 300, readMs: 4_000 }, 300],
  ['with a body that trickles ends at its total limit', trickle, { totalMs: 300, readMs: 4_000 }, 300],
  ['without any answer ends at its read limit', () => {}, { totalMs: 4_000, readMs: 250 }, 250],
  [
    'with a body that stops ends at its read limit',
    (socket) => socket.write(whole.slice(0, -1)),
    { totalMs: 4_000, readMs: 250 },
    250,
  ],
])('a call %s, never earlier, and its connection is destroyed', async (_title, answer, ...[timeouts, boundMs]) => {
  const raw = await startRaw(answer);
  const outcome = await post(client(), raw.url, timeouts);
  expect(outcome).toMatchObject({ kind: 'failure', reason: 'timeout', definite: false });
  expect(outcome.elapsedMs).toBeGreaterThanOrEqual(boundMs);
  expect(outcome.elapsedMs).toBeLessThan(4_000);
  await raw.closed;
  expect(raw.requests).toBe(1);
});

test('a call that cannot connect ends at its connect limit', async () => {
  // The server never answers the TLS handshake, so the client never finishes connecting.
  const raw = await startRaw(() => {});
  const outcome = await post(client(), raw.url.replace('http:', 'https:'), {
    connectMs: 40,
    readMs: 5,
    totalMs: 4_000,
  });
  expect(outcome).toMatchObject({ kind: 'failure', reason: 'timeout', definite: false });
  expect(outcome.elapsedMs).toBeGreaterThanOrEqual(40);
  expect(outcome.elapsedMs).toBeLessThan(4_000);
  expect(raw.requests).toBe(0);
});

test('the time limits of a call end with its answer', async () => {
  const raw = await startRaw((socket) => socket.write(whole));
  const http = client();
  // Far longer than a call takes on a busy machine.
  const limits = { totalMs: 1_000, readMs: 900, connectMs: 800 };
  expect(await post(http, raw.url, limits)).toMatchObject({ kind: 'answer' });
  await new Promise((done) => setTimeout(done, limits.totalMs + 60));
  expect(await post(http, raw.url, {})).toMatchObject({ kind: 'answer', status: 200, body: 'hello' });
  expect(raw.sockets).toHaveLength(1);
});

test.each([
  ['with a length', whole, 200, 'hello'],
  [
    'in chunks',
    'HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhé\r\n'.replace('2', '3') + '0\r\n\r\n',
    404,
    'hé',
  ],
  ['without a body', 'HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n', 500, ''],
])('an answer %s gives status and body', async (_title, text, ...[status, body]) => {
  const raw = await startRaw((socket) => socket.write(text));
  expect(await post(client(), raw.url)).toMatchObject({ kind: 'answer', status, body });
});

test('an answered call keeps its connection for the next one', async () => {
  const raw = await startRaw((socket) => socket.write(whole));
  const http = client();
  for (let nth = 0; nth < 3; nth += 1) await post(http, raw.url);
  expect([raw.requests, raw.sockets.length]).toEqual([3, 1]);
});

test('a call shares no connection with another one at the same time', async () => {
  const raw = await startRaw((socket) => setTimeout(() => socket.write(whole), 20));
  const http = client();
  await Promise.all([post(http, raw.url), post(http, raw.url), post(http, raw.url)]);
  expect([raw.requests, raw.sockets.length]).toEqual([3, 3]);
});

test('a call is sent once, on a new connection, if the kept one was closed since the last call', async () => {
  const raw = await startRaw((socket) => socket.write(whole));
  const http = client();
  await post(http, raw.url);
  raw.sockets[0]?.end();
  expect(await post(http, raw.url)).toMatchObject({ kind: 'answer' });
  expect([raw.requests, raw.sockets.length]).toEqual([2, 2]);
});

test('a call is not sent again if its kept connection is reset after the write', async () => {
  const raw = await startRaw((socket, nth) => (nth === 1 ? socket.write(whole) : socket.resetAndDestroy()));
  const http = client();
  await post(http, raw.url);
  expect(await post(http, raw.url)).toMatchObject({ kind: 'failure', reason: 'reset', definite: false });
  expect(raw.requests).toBe(2);
});

test('a call over a kept connection that is closed before any byte of an answer fails as closed', async () => {
  const closing = await startRaw((socket, nth) => (nth === 1 ? socket.write(whole) : socket.end()));
  const http = client();
  await post(http, closing.url);
  expect(await post(http, closing.url)).toMatchObject({ kind: 'failure', reason: 'closed' });
});

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}
