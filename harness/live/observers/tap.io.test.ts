import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Observation } from '../../formats/event.ts';
import { freePort } from '../process/ports.ts';
import { Recording } from './recording.ts';
import { Tap } from './tap.ts';

const host = '127.0.0.1';
let tap: Tap;
let backTap: Tap;
let port: number;
let server: Server;
/** The service's end of each connection, in the order of acceptance. */
let accepted: Socket[];
let clients: Socket[];
let events: Observation[];
let serverPort: number;
let backPort: number;

beforeEach(async () => {
  [accepted, clients, events] = [[], [], []];
  server = createServer({ allowHalfOpen: true }, (socket) => accepted.push(socket.on('error', () => {})));
  [port, serverPort] = [await freePort(), await freePort()];
  await once(server.listen(serverPort, host), 'listening');
  const recording = new Recording({
    slot: 1,
    recording: 1,
    items: [],
    emit: ({ observation }) => events.push(observation),
  });
  const options = {
    name: 'front',
    listenHost: host,
    listenPort: port,
    targetHost: host,
    targetPort: serverPort,
  } as const;
  tap = new Tap(options, () => recording);
  await tap.setListening(true);
  backPort = await freePort();
  backTap = new Tap({ ...options, name: 'back', listenPort: backPort }, () => recording);
  await backTap.setListening(true);
});
afterEach(async () => {
  for (const socket of [...clients, ...accepted]) socket.destroy();
  server.close();
  await Promise.all([tap.close(), backTap.close()]);
});

/** Reads a socket to its end, and returns how it ended (`fin` or an error code) and its bytes. */
function ending(socket: Socket): Promise<{ how: string; bytes: Buffer }> {
  const chunks: Buffer[] = [];
  return new Promise((done) => {
    const finish = (how: string): void => done({ how, bytes: Buffer.concat(chunks) });
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.once('end', () => finish('fin'));
    socket.once('error', (error: NodeJS.ErrnoException) => finish(error.code ?? ''));
  });
}

async function dial(at = port): Promise<Socket> {
  const socket = connect({ host, port: at, allowHalfOpen: true, noDelay: true });
  clients.push(socket);
  await once(socket, 'connect');
  return socket;
}

/** A client and the service's end of its connection. */
async function open(at = port): Promise<{ client: Socket; service: Socket }> {
  const before = accepted.length;
  const client = await dial(at);
  await until(() => accepted.length > before);
  const service = accepted[before];
  if (service === undefined) throw new Error('no connection came through');
  return { client, service };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(2);
}

const requestBody = JSON.stringify({ tenant_id: 4, dry_run: true, messages: [{ message_uuid: 'u1' }, {}] });
const request = `POST /v1/batches HTTP/1.1\r\nHost: x\r\nContent-Length: ${requestBody.length}\r\n\r\n${requestBody}`;
const answerBody = JSON.stringify({
  results: [{ message_uuid: 'u1', status: 'accepted', provider_message_id: 'SM1' }],
});
const answer = `HTTP/1.1 200 OK\r\nContent-Length: ${answerBody.length}\r\n\r\n${answerBody}`;

const kinds = (): string[] => events.map((event) => event.kind);
const failure = async (): Promise<Observation | undefined> => {
  await until(() => kinds().includes('call-failed'));
  return events.find((event) => event.kind === 'call-failed');
};

describe('a call through a tap', () => {
  test('a call through a tap is recorded with its request and its answer', async () => {
    const { client, service } = await open();
    client.write(request);
    await until(() => events.length === 1);
    service.write(answer);
    await until(() => events.length === 2);
    const interval = { earliest: expect.any(Number), latest: expect.any(Number) };
    const identity = { observer: 'front-tap', tap: 'front', call: 'front-1', ...interval };
    expect(events).toEqual([
      {
        ...identity,
        kind: 'request',
        method: 'POST',
        path: '/v1/batches',
        tenantId: 4,
        dryRun: true,
        uuids: ['u1', ''],
        messages: [
          { messageUuid: 'u1', recipient: '', bodyDigest: '', provider: '' },
          { messageUuid: '', recipient: '', bodyDigest: '', provider: '' },
        ],
      },
      {
        ...identity,
        kind: 'answer',
        status: 200,
        results: [{ messageUuid: 'u1', status: 'accepted', providerMessageId: 'SM1' }],
        elapsedMs: expect.any(Number),
      },
    ]);
    const [asked, answered] = events;
    expect(asked?.earliest).toBeLessThanOrEqual(asked?.latest ?? 0);
    expect(asked?.latest).toBeLessThanOrEqual(answered?.earliest ?? 0);
  });

  test('a call through a tap is distinguished from other calls on the same connection, and from health probes', async () => {
    const { client, service } = await open();
    client.resume();
    for (const sent of [request, 'GET /health HTTP/1.1\r\n\r\n', request]) {
      const before = service.bytesRead;
      client.write(sent);
      await until(() => service.bytesRead === before + sent.length);
      const received = client.bytesRead;
      service.write(answer);
      await until(() => client.bytesRead === received + answer.length);
    }
    client.end();
    await ending(service);
    expect(events.map((event) => ('call' in event ? `${event.kind} ${event.call}` : ''))).toEqual([
      'request front-1',
      'answer front-1',
      'request front-2',
      'answer front-2',
    ]);
  });

  test('a call through a tap on a reused connection is timed from its own first byte', async () => {
    const { client, service } = await open();
    client.resume();
    client.write(request);
    await until(() => events.length === 1);
    service.write(answer);
    await until(() => events.length === 2);
    await sleep(20);
    client.write(request);
    await until(() => events.length === 3);
    service.write(answer);
    await until(() => events.length === 4);
    const [, , asked, answered] = events;
    expect(answered).toMatchObject({ elapsedMs: ((answered?.latest ?? 0) - (asked?.earliest ?? 0)) / 1_000 });
  });

  test.each([
    ['fin', 'fin'],
    ['rst', 'ECONNRESET'],
  ] as const)(
    'a call through a tap that its client ends by %s is recorded as failed by the client, and the service sees the same end',
    async (how, seen) => {
      const { client, service } = await open();
      const end = ending(service);
      client.write(request);
      await until(() => events.length === 1);
      if (how === 'fin') client.end();
      else client.resetAndDestroy();
      expect(await failure()).toMatchObject({
        call: 'front-1',
        by: 'client',
        how,
        requestComplete: true,
        answerBytes: 0,
      });
      expect(await end).toMatchObject({ how: seen });
      // The client does not read an answer that comes later, so it is not recorded.
      service.write(answer);
      await sleep(20);
      expect(kinds()).toEqual(['request', 'call-failed']);
    },
  );

  test.each([
    ['fin', 'fin'],
    ['rst', 'ECONNRESET'],
  ] as const)(
    'a call through a tap whose answer is cut off by %s is recorded as failed by the server, and the client sees the same end',
    async (how, seen) => {
      const { client, service } = await open();
      const end = ending(client);
      client.write(request);
      await until(() => events.length === 1);
      service.write(answer.slice(0, 20));
      await until(() => client.bytesRead === 20);
      if (how === 'fin') service.end();
      else service.resetAndDestroy();
      expect(await failure()).toMatchObject({ by: 'server', how, requestComplete: true, answerBytes: 20 });
      expect(await end).toEqual({ how: seen, bytes: Buffer.from(answer.slice(0, 20)) });
    },
  );

  test('a call through a tap whose request is cut off is recorded as a failed call without a request', async () => {
    const { client, service } = await open();
    const end = ending(service);
    client.end(request.slice(0, -1));
    expect((await end).bytes.toString()).toBe(request.slice(0, -1));
    expect(await failure()).toMatchObject({ by: 'client', how: 'fin', requestComplete: false, answerBytes: 0 });
    expect(kinds()).toEqual(['call-failed']);
  });

  test('a call through a tap to a dead service gets a closed connection, and no request is recorded', async () => {
    server.close();
    const client = await dial();
    const end = ending(client);
    client.write(request);
    expect(await end).toMatchObject({ how: 'fin' });
    client.end();
    expect(await failure()).toMatchObject({ by: 'server', how: 'rst', requestComplete: false });
    expect(kinds()).toEqual(['call-failed']);
  });

  test.each([
    ['begins', 0],
    ['is complete', 30],
  ])(
    'a call through a tap whose service closes its side before the request %s is recorded as not having reached it',
    async (_, sentBefore) => {
      const { client, service } = await open(backPort);
      const [atService, atClient] = [ending(service), ending(client)];
      client.write(request.slice(0, sentBefore));
      service.end();
      expect(await atClient).toMatchObject({ how: 'fin' });
      client.end(request.slice(sentBefore));
      // The tap passes every byte, although it records no request.
      expect((await atService).bytes.toString()).toBe(request);
      expect(await failure()).toMatchObject({ tap: 'back', by: 'server', how: 'fin', requestComplete: false });
      expect(kinds()).toEqual(['call-failed']);
    },
  );

  test('a call through a front tap is recorded with its request even if the other side has been closed', async () => {
    const { client, service } = await open();
    const atClient = ending(client);
    service.end();
    expect(await atClient).toMatchObject({ how: 'fin' });
    client.end(request);
    expect(await failure()).toMatchObject({ tap: 'front', requestComplete: true });
    expect(kinds()).toEqual(['request', 'call-failed']);
  });

  test('a call through a tap that is reset before its first byte is recorded as failed', async () => {
    const { client, service } = await open();
    const end = ending(client);
    service.resetAndDestroy();
    expect(await end).toMatchObject({ how: 'ECONNRESET' });
    expect(await failure()).toMatchObject({ by: 'server', how: 'rst', requestComplete: false, answerBytes: 0 });
  });
});

describe('a tap', () => {
  test('a tap records nothing for a connection without bytes that the client closes', async () => {
    const { client, service } = await open();
    const end = ending(service);
    client.end();
    await end;
    service.end();
    await sleep(20);
    expect(events).toEqual([]);
  });

  test('a tap passes the rest of the answer after the client has closed its side', async () => {
    const { client, service } = await open();
    const [atService, atClient] = [ending(service), ending(client)];
    client.end('half');
    expect((await atService).bytes.toString()).toBe('half');
    service.end('the other half');
    expect(await atClient).toEqual({ how: 'fin', bytes: Buffer.from('the other half') });
  });

  test('a tap passes the rest of the request after the service has closed its side', async () => {
    const { client, service } = await open();
    const [atService, atClient] = [ending(service), ending(client)];
    service.end('half');
    expect((await atClient).bytes.toString()).toBe('half');
    client.end('the other half');
    expect(await atService).toEqual({ how: 'fin', bytes: Buffer.from('the other half') });
  });

  test('a tap refuses connections while it does not listen, keeps its links, and listens on the same port again', async () => {
    const { client, service } = await open();
    await tap.setListening(false);
    await expect(dial()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    client.write('still open');
    await until(() => service.bytesRead === 10);
    await tap.setListening(true);
    await open();
  });

  test('a tap drops its links without reporting their calls as failed', async () => {
    const { client } = await open();
    const silent = await open();
    const ends = [ending(client), ending(silent.client)];
    client.write(request);
    await until(() => events.length === 1);
    silent.service.end();
    await ends[1];
    await tap.dropLinks();
    await ends[0];
    expect(kinds()).toEqual(['request']);
  });

  test('a tap names the port if it cannot listen on it', async () => {
    const options = {
      name: 'back',
      listenHost: host,
      listenPort: serverPort,
      targetHost: host,
      targetPort: 1,
    } as const;
    const second = new Tap(options, () => undefined);
    await expect(second.setListening(true)).rejects.toMatchObject({
      code: 'ONESEND_INFRASTRUCTURE',
      message: expect.stringContaining(String(serverPort)),
    });
  });

  test('a tap passes more bytes than any buffer can hold to a side that reads late', async () => {
    const { client, service } = await open();
    const bytes = Buffer.alloc(8 << 20, 'x');
    service.pause();
    client.end(bytes);
    await sleep(100);
    expect((await ending(service.resume())).bytes.equals(bytes)).toBe(true);
  });

  test('a tap passes any bytes unchanged in both directions, even if it cannot read them', async () => {
    const pieces = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
        fc.constantFrom(request, answer, request.slice(0, 30), '0\r\n\r\n').map((piece) => Buffer.from(piece)),
      ),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(pieces, pieces, async (up, down) => {
        const { client, service } = await open();
        const [atService, atClient] = [ending(service), ending(client)];
        for (const piece of up) client.write(piece);
        for (const piece of down) service.write(piece);
        client.end();
        service.end();
        expect(await atService).toEqual({ how: 'fin', bytes: Buffer.concat(up) });
        expect(await atClient).toEqual({ how: 'fin', bytes: Buffer.concat(down) });
      }),
      { numRuns: 60 },
    );
  });
});
