// A relay on real sockets: what the caller and the target get of a call that is passed on, delayed, left unanswered or reset.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { boundAddress } from '../fault-proxy/bound-address.ts';
import { Relay, type RelayedCall } from './relay.ts';
import type { Reply } from './exchange.ts';

let target: Server;
/** The bodies that reached the target. */
let reached: string[];
/** Resolves when a caller has disconnected before the target had the whole request. */
let lost: Promise<void>;
let relay: Relay | undefined;

beforeEach(async () => {
  reached = [];
  let tellLost = (): void => {};
  lost = new Promise((done) => (tellLost = done));
  target = createServer((request: IncomingMessage, response) => {
    void readWhole(request).then((body) => {
      if (body === undefined) return tellLost();
      reached.push(body);
      return response.setHeader('x-seen', request.url ?? '').end('{"ok":true}');
    });
  });
  await once(target.listen(0, '127.0.0.1'), 'listening');
});
afterEach(async () => {
  await relay?.close();
  relay = undefined;
  target.closeAllConnections();
  target.close();
});

async function readWhole(request: IncomingMessage): Promise<string | undefined> {
  return (await buffer(request).catch(() => undefined))?.toString();
}

async function open(treat: (call: RelayedCall) => Promise<Reply>): Promise<string> {
  relay = await Relay.open(boundAddress(target), treat);
  return `http://127.0.0.1:${relay.port}/v1/batches`;
}

function post(url: string, signal?: AbortSignal): Promise<Response> {
  return fetch(url, { method: 'POST', body: 'hello', ...(signal && { signal }) });
}

test('a call that is passed on reaches the target, and its answer reaches the caller', async () => {
  const url = await open(({ request, forward }) => forward(request));
  const answer = await post(url);
  expect([answer.status, answer.headers.get('x-seen'), await answer.text()]).toEqual([
    200,
    '/v1/batches',
    '{"ok":true}',
  ]);
  expect(reached).toEqual(['hello']);
});

test('a changed request and a changed answer have their new content lengths', async () => {
  const url = await open(async ({ request, forward }) => {
    const answer = await forward({ ...request, body: 'hello there' });
    return typeof answer === 'string' ? answer : { ...answer, status: 500, body: 'no' };
  });
  const answer = await post(url);
  expect([answer.status, await answer.text()]).toEqual([500, 'no']);
  expect(reached).toEqual(['hello there']);
});

test('a call is aborted when its caller disconnects', async () => {
  const leaving = new AbortController();
  const url = await open(({ request, forward }) => {
    queueMicrotask(() => leaving.abort());
    return forward(request, { pauseMs: 60_000 });
  });
  await expect(post(url, leaving.signal)).rejects.toThrow('aborted');
  await lost;
  expect(reached).toEqual([]);
});

test('a call that is to outlive its caller continues when the caller disconnects', async () => {
  const leaving = new AbortController();
  const passed = new Promise<Reply>((done) => {
    void open(async ({ request, forward }) => {
      setTimeout(() => leaving.abort(), 10);
      const reply = await forward(request, { pauseMs: 100, outlivesCaller: true });
      done(reply);
      return reply;
    }).then((url) => post(url, leaving.signal).catch(() => undefined));
  });
  expect(await passed).toMatchObject({ status: 200 });
  expect(reached).toEqual(['hello']);
});

test('a reset breaks the connection, and silence lasts as long as the caller waits', async () => {
  const broken = await open(() => Promise.resolve('reset'));
  await expect(post(broken)).rejects.toThrow('fetch failed');
  await relay?.close();
  const silent = await open(() => Promise.resolve('silence'));
  await expect(post(silent, AbortSignal.timeout(100))).rejects.toThrow('timeout');
});
