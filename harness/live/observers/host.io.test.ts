import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../process/ports.ts';
import { rigMicros } from './clock.ts';
import type { Stop } from './commands.ts';
import { ObservatoryHost } from './host.ts';
import type { RecordedEvent } from './recording.ts';
import { STALL_MICROS_MAX } from './stall-meter.ts';

const host = '127.0.0.1';
let observers: ObservatoryHost;
let service: Server;
let events: RecordedEvent[];
let stops: Stop[];
let ports: { tap: number; provider: number };

beforeEach(async () => {
  events = [];
  stops = [];
  observers = new ObservatoryHost({
    onEvent: (event) => events.push(event),
    onEgress: () => {},
    onStopped: (stop) => stops.push(stop),
  });
  service = createServer((socket) => socket.on('error', () => {}).resume());
  const targetPort = await freePort();
  service.listen(targetPort, host);
  await once(service, 'listening');
  ports = { tap: await freePort(), provider: await freePort() };
  const options = { name: 'back', listenHost: host, listenPort: ports.tap, targetHost: host, targetPort } as const;
  await observers.perform({ kind: 'open-tap', id: 1, slot: 1, options });
  await observers.perform({
    kind: 'open-provider',
    providers: ['twilio'],
    id: 2,
    slot: 1,
    system: 'legacy',
    port: ports.provider,
  });
});
afterEach(async () => {
  service.close();
  await observers.close();
});

const begin = (recording: number, recipients: Record<string, string> = {}, slot = 1) => {
  const items = Object.entries(recipients).map(([recipient, item]) => ({ item, recipient, body: '' }));
  return observers.perform({ kind: 'begin', slot, recording, items });
};
/** The recorded events without the stalls of a busy machine. */
const seen = (): RecordedEvent[] => events.filter((event) => event.observation.kind !== 'observer-problem');
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await sleep(2);
};
const body = '{"messages":[]}';
const request = `POST / HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

async function dial(): Promise<Socket> {
  const socket = connect(ports.tap, host).on('error', () => {});
  await once(socket, 'connect');
  return socket.resume();
}

function send(recipient: string): Promise<Response> {
  const path = '/2010-04-01/Accounts/AC/Messages.json';
  const headers = { authorization: `Basic ${Buffer.from('AC:t').toString('base64')}` };
  return fetch(`http://${host}:${ports.provider}${path}`, {
    method: 'POST',
    body: new URLSearchParams({ To: recipient, From: 'me', Body: 'hello' }),
    headers,
  });
}

describe('the host of the observers', () => {
  test('the host of the observers records nothing before a recording has begun', async () => {
    (await dial()).end(request);
    await send('+9991');
    await sleep(20);
    expect(events).toEqual([]);
    expect(await observers.perform({ kind: 'count', slot: 1 })).toBe(0);
  });

  test('the host of the observers numbers the events of a recording without a gap', async () => {
    await begin(1, { '+9991': 'a#1' });
    (await dial()).write(request);
    await send('+9991');
    await until(() => seen().length === 3);
    const count = await observers.perform({ kind: 'count', slot: 1 });
    expect(count).toBe(events.length);
    expect(events.map((event) => event.sequence)).toEqual(Array.from(events, (_, index) => index));
  });

  test('the host of the observers closes the links of the previous recording, and their calls do not count as failed', async () => {
    await begin(1);
    const client = await dial();
    client.write(request);
    await until(() => seen().length === 1);
    const closed = once(client, 'close');
    await begin(2);
    await closed;
    (await dial()).write(request);
    await until(() => seen().length === 2);
    expect(seen().map((event) => [event.recording, event.observation.kind])).toEqual([
      [1, 'request'],
      [2, 'request'],
    ]);
  });

  test('the host of the observers attributes a message of the previous scenario to no item, and its late acceptance to the old recording', async () => {
    await observers.perform({ kind: 'program', id: 2, rules: [{ outcome: 'slow', delayMs: 60 }] });
    await begin(1, { '+9991': 'a#1' });
    const slow = send('+9991');
    await until(() => seen().length === 1);
    await begin(2, { '+9992': 'b#1' });
    await slow;
    await send('+9991');
    expect(seen().map(({ recording, observation }) => [recording, observation.kind])).toEqual([
      [1, 'attempt'],
      [1, 'accept'],
      [2, 'attempt'],
      [2, 'accept'],
    ]);
    expect(seen()[2]?.observation).toMatchObject({ item: null });
  });

  test('the host of the observers reports a stall of its thread in every current recording', async () => {
    await begin(1);
    await begin(2, {}, 2);
    await sleep(20);
    const end = rigMicros() + 2 * STALL_MICROS_MAX;
    while (rigMicros() < end);
    await observers.perform({ kind: 'count', slot: 1 });
    for (const slot of [1, 2]) {
      const observation = expect.objectContaining({ kind: 'observer-problem', problem: 'stalled' });
      expect(events).toContainEqual(expect.objectContaining({ slot, observation }));
    }
  });

  test('the host of the observers does not report a stall that ended before the recording began', async () => {
    await sleep(20);
    const end = rigMicros() + 2 * STALL_MICROS_MAX;
    while (rigMicros() < end);
    await begin(1);
    await sleep(30);
    expect(events.filter((event) => event.observation.earliest < end)).toEqual([]);
  });

  test('the host of the observers stops a process group once, at the next answer through the front tap, unless the order is withdrawn', async () => {
    const answering = createServer((socket) => socket.on('error', () => {}).on('data', () => socket.write(ANSWER)));
    const targetPort = await freePort();
    await once(answering.listen(targetPort, host), 'listening');
    const listenPort = await freePort();
    const options = { name: 'front', listenHost: host, listenPort, targetHost: host, targetPort } as const;
    await observers.perform({ kind: 'open-tap', id: 3, slot: 1, options });
    const victim = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    await once(victim, 'spawn');
    onTestFinished(() => {
      victim.kill('SIGKILL');
      answering.close();
    });
    const pid = victim.pid ?? 0;
    await begin(1);
    const client = connect(listenPort, host).on('error', () => {});
    client.resume();
    const answers = (): number => seen().filter(({ observation }) => observation.kind === 'answer').length;
    const ask = async (): Promise<void> => {
      const before = answers();
      client.write(request);
      await until(() => answers() > before);
    };

    await observers.perform({ kind: 'stop-at-answer', slot: 1, pid, kin: [] });
    await observers.perform({ kind: 'forget-stop', slot: 1 });
    await ask();
    expect([isStopped(pid), stops]).toEqual([false, []]);
    await observers.perform({ kind: 'stop-at-answer', slot: 1, pid, kin: [] });
    await ask();
    await until(() => isStopped(pid));
    expect(stops).toEqual([{ slot: 1, interval: { earliest: expect.any(Number), latest: expect.any(Number) } }]);
    const answered = seen().findLast(({ observation }) => observation.kind === 'answer')?.observation;
    expect(stops[0]?.interval.earliest).toBeGreaterThanOrEqual(answered?.latest ?? Infinity);
    victim.kill('SIGCONT');
    await until(() => !isStopped(pid));
    await ask();
    expect([isStopped(pid), stops.length]).toEqual([false, 1]);
    client.destroy();
  });
});

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{"results":[]}';

/** Whether the process is stopped, by the state that the kernel reports. */
function isStopped(pid: number): boolean {
  return / T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
