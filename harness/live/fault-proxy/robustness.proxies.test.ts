// Tests the fault proxy under rare or malicious loads: hostile bursts, large streams to slow readers, thousands of proxies.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { execa } from 'execa';
import { Toxiproxy } from 'toxiproxy-node-client';
import { expect, test } from 'vitest';
import { compiledModule } from '../../platform/compiled-module.ts';
import { attack } from './attack.ts';
import { boundAddress } from './bound-address.ts';
import { startFaultProxy } from './server.ts';
import { addToxic, peersAround, portOf, type Ends } from './peers.fixture.ts';
import { startFaultProxyThread } from './threaded.ts';

const MEBIBYTE = 1024 * 1024;
const SHORT_MEBIBYTES = 100;
const LONG_MEBIBYTES = 300;
/** Far below the difference of the two streams, and above the memory that garbage collection leaves uncollected. */
const GROWTH_MEBIBYTES_MAX = 64;
const PROXIES = 2_000;
const AT_ONCE = 10;
/** A leaked proxy needs more than 1,000 bytes and a leaked link several thousand; garbage collections differ by a few hundred. */
const BYTES_LEFT_MAX = 800;

test('the fault proxy survives hostile bursts', async () => {
  const crashes: Error[] = [];
  const proxy = await startFaultProxyThread({ metrics: true, onCrash: (error) => crashes.push(error) });
  const { bursts, outcomes } = await attack(proxy.url, { bursts: 150 });
  await proxy.close();
  expect(crashes).toEqual([]);
  expect(bursts).toBe(150);
  // The test proves something only if many requests were refused, many succeeded, and links were used.
  const expected = ['200', '201', '204', '400', '404', '405', '409', '500', 'bytes', 'link'];
  expect([...outcomes.keys()]).toEqual(expect.arrayContaining(expected));
});

/** The resident memory of a process in MiB. */
async function residentMebibytes(pid: number): Promise<number> {
  const { stdout } = await execa('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1024;
}

/** Sends a stream to a reader that reads more slowly than it is sent; returns the most memory that was seen meanwhile, in MiB. */
async function peakOfStream({ client, server }: Ends, pid: number, mebibytes: number): Promise<number> {
  let received = 0;
  let peak = 0;
  server.socket.removeAllListeners('data');
  server.socket.on('data', (data: Buffer) => {
    const before = Math.floor(received / MEBIBYTE);
    received += data.length;
    if (Math.floor(received / MEBIBYTE) === before) return;
    server.socket.pause();
    setTimeout(() => server.socket.resume(), 5);
  });
  const sampling = setInterval(() => {
    void residentMebibytes(pid).then((now) => (peak = Math.max(peak, now)));
  }, 50);
  for (let sent = 0; sent < mebibytes; sent += 1) {
    if (!client.socket.write(Buffer.alloc(MEBIBYTE))) await once(client.socket, 'drain');
  }
  client.socket.end();
  await server.ending;
  clearInterval(sampling);
  expect(received).toBe(mebibytes * MEBIBYTE);
  expect(peak).toBeGreaterThan(0);
  return peak;
}

test.each(['no toxic', 'latency', 'slicer'])(
  'the fault proxy needs no more memory for a long stream to a slow reader than for a short one, with %s',
  async (type) => {
    const main = compiledModule(import.meta.url, '../../cli/main.ts');
    const running = execa(process.execPath, [main, 'proxy', '--port', '0', '--json'], { reject: false });
    const [greeting] = await once(running.stdout, 'data');
    const { url, port }: { url: string; port: number } = JSON.parse(String(greeting));
    const close = async () => {
      running.kill('SIGINT');
      await running;
    };
    const peers = await peersAround({ url, port, close });
    const attributes = { latency: 5, average_size: 20_000, size_variation: 100 };
    if (type !== 'no toxic') await addToxic(peers.wire, { type, attributes });
    const pid = running.pid ?? 0;
    const short = await peakOfStream(await peers.open(), pid, SHORT_MEBIBYTES);
    const long = await peakOfStream(await peers.open(), pid, LONG_MEBIBYTES);
    await peers.close();
    expect(long - short).toBeLessThan(GROWTH_MEBIBYTES_MAX);
  },
);

/** Creates proxies with a toxic that holds a chunk on a live link, and deletes them again, a few at a time. */
async function comeAndGo(api: Toxiproxy, upstream: string, count: number): Promise<void> {
  const one = async (name: string) => {
    const proxy = await api.createProxy({ name, listen: '127.0.0.1:0', upstream });
    const client = connect(portOf(proxy.listen), '127.0.0.1').on('error', () => undefined);
    client.write('echoed');
    await once(client, 'data');
    await addToxic(proxy, { type: 'latency', attributes: { latency: 600_000 } });
    client.write('held');
    // When this is answered, the chunk has reached the toxic.
    await api.get(name);
    await proxy.remove();
    if (!client.closed) await new Promise((resolve) => void client.once('close', resolve));
  };
  for (let done = 0; done < count; done += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => one(`p${String(index)}`)));
  }
}

/** The memory, and the handles by kind, of this process after a garbage collection. */
async function whatIsHeld() {
  // The last sockets need a few turns of the event loop to close.
  await sleep(200);
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  collectGarbage();
  return { heapBytes: process.memoryUsage().heapUsed, handles: process.getActiveResourcesInfo().toSorted() };
}

test('the fault proxy keeps no memory and no handles of two thousand proxies that were created and deleted', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const upstream = `127.0.0.1:${String(boundAddress(server).port)}`;
  // In this thread, so that its handles and its memory can be measured here.
  const faultProxy = await startFaultProxy();
  const api = new Toxiproxy(faultProxy.url);
  // Warms up with as many proxies, so that memory that is allocated only once is not counted.
  await comeAndGo(api, upstream, PROXIES);
  const before = await whatIsHeld();
  await comeAndGo(api, upstream, PROXIES);
  const after = await whatIsHeld();
  await faultProxy.close();
  server.close();
  expect(after.handles).toEqual(before.handles);
  expect((after.heapBytes - before.heapBytes) / PROXIES).toBeLessThan(BYTES_LEFT_MAX);
});
