import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Observation } from '../../formats/event.ts';
import { type Authority, makeAuthority } from '../egress/authority.ts';
import { freePort } from '../process/ports.ts';
import { Provider } from './provider.ts';
import { TWILIO } from './provider-apis/twilio.ts';
import { Recording } from './recording.ts';

const authority: Authority = await makeAuthority(TWILIO.hosts);

let provider: Provider;
let port: number;
let events: Observation[];
let refused: string[];

beforeEach(async () => {
  [events, refused] = [[], []];
  const recording = new Recording({
    slot: 1,
    recording: 1,
    items: [{ item: 'a#1', recipient: '+9991', body: 'hello' }],
    emit: ({ observation }) => events.push(observation),
  });
  const ledger = { system: 'legacy', recording: () => recording, onCanary: () => {} } as const;
  const door = { serving: authority.serving, onRefused: (target: string) => refused.push(target) };
  provider = new Provider(ledger, [TWILIO], door);
  port = await freePort();
  await provider.listen(port);
});
afterEach(() => provider.close());

/** Asks the proxy to connect to a host, and returns its status line. */
async function through(target: string): Promise<{ socket: Socket; said: string }> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
  const [said] = (await once(socket, 'data')) as [Buffer];
  return { socket, said: said.toString().split('\r\n')[0] ?? '' };
}

const BODY = 'To=%2B9991&From=me&Body=hello';
const REQUEST = [
  'POST /2010-04-01/Accounts/AC7/Messages.json HTTP/1.1',
  'Host: api.twilio.com',
  `Authorization: Basic ${Buffer.from('AC7:secret').toString('base64')}`,
  'Content-Type: application/x-www-form-urlencoded',
  `Content-Length: ${BODY.length}`,
  'Connection: close',
  '',
  BODY,
].join('\r\n');

/** Sends a message as an SDK does that has the host built in and trusts the authority. */
async function send(): Promise<string> {
  const { socket, said } = await through('api.twilio.com:443');
  expect(said).toBe('HTTP/1.1 200 Connection Established');
  const secure = connectTls({ socket, servername: 'api.twilio.com', ca: authority.certificate });
  // Either of the two sockets may be the first to notice a reset.
  socket.on('error', (error) => secure.destroy(error));
  await once(secure, 'secureConnect');
  expect(secure.authorized).toBe(true);
  secure.write(REQUEST);
  return text(secure);
}

test('a provider stub accepts a message to the host of its API', async () => {
  expect(await send()).toMatch(/^HTTP\/1\.1 201 /);
  expect(events).toMatchObject([{ kind: 'attempt', item: 'a#1', account: 'AC7' }, { kind: 'accept' }]);
  expect(refused).toEqual([]);
});

test('a provider stub can lose its reply within TLS too', async () => {
  provider.program([{ outcome: 'accept-lose-reply', delayMs: 0 }]);
  await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(events.map(({ kind }) => kind)).toEqual(['attempt', 'accept']);
});

/** Writes a request to a socket, and returns the status line of the answer. */
async function statusLine(socket: Socket, request: string): Promise<string> {
  socket.write(request);
  const answer = await text(socket);
  return answer.split('\r\n')[0] ?? '';
}

test('a provider stub accepts a message without TLS too, with and without CONNECT', async () => {
  const asked = REQUEST.replace('POST /', 'POST http://api.twilio.com/');
  expect(await statusLine(connect(port, '127.0.0.1'), asked)).toMatch(/ 201 /);
  const { socket } = await through('api.twilio.com:80');
  expect(await statusLine(socket, REQUEST)).toMatch(/ 201 /);
  expect(events.map(({ kind }) => kind)).toEqual(['attempt', 'accept', 'attempt', 'accept']);
  expect(refused).toEqual([]);
});

test('a provider stub refuses every other host without TLS too, and reports it', async () => {
  const asked =
    'GET http://metrics.example.com/sent HTTP/1.1\r\nHost: metrics.example.com\r\nConnection: close\r\n\r\n';
  expect(await statusLine(connect(port, '127.0.0.1'), asked)).toBe('HTTP/1.1 403 Forbidden');
  expect([refused, events]).toEqual([['metrics.example.com:80'], []]);
});

test('a provider stub refuses every other host, and reports it', async () => {
  const { said } = await through('metrics.example.com:443');
  expect(said).toBe('HTTP/1.1 403 Forbidden');
  expect(refused).toEqual(['metrics.example.com:443']);
});
