// The benchmark of the fault proxy: the embedded proxy, the real Toxiproxy server and a plain relay in turns, on the same traffic. The
// ratios of the medians are its results; the absolute numbers depend on the machine.
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Toxiproxy } from 'toxiproxy-node-client';
import { compiledModule } from '../platform/compiled-module.ts';
import { InfrastructureError } from '../platform/errors.ts';
import { parseAddress } from '../live/fault-proxy/address.ts';
import { findRealServer, startRealServer } from '../live/fault-proxy/real-server.ts';
import { startFaultProxyThread } from '../live/fault-proxy/threaded.ts';
import { bulkMebibytesPerSecond, dial, exchange, exchangeMicros, exchangesPerSecond } from './proxy-traffic.ts';
import { median, quantile } from './quantile.ts';

/** Many short rounds: each connection can be served on another core, which makes a difference of a fifth in speed. */
const ROUNDS = 25;
const LATENCY_MS = 500;
const LATENCY_ROUNDS = 20;
const LATENCY_CONNECTIONS = 50;
const PER_ROUND = `the median of rounds of ${String(LATENCY_CONNECTIONS)}`;
/** The wait after opening connections: long enough for a proxy to have opened all its connections to the backend. */
const DIALLED_MS = 200;

const ONE_EXCHANGE = 'us an exchange, 1 connection';

/** The measurements of a port, by their name with its unit. */
const MEASURES: Readonly<Record<string, (port: number) => Promise<number>>> = {
  [ONE_EXCHANGE]: (port) => exchangeMicros(port, 1_200),
  'exchanges/s, 1 connection': (port) => exchangesPerSecond(port, { connections: 1, forMs: 150 }),
  'exchanges/s, 32 connections': (port) => exchangesPerSecond(port, { connections: 32, forMs: 200 }),
  'MiB/s, 1 connection': bulkMebibytesPerSecond,
};

/** Measures the direct way, the relay and both proxies in turns, and prints how the embedded proxy compares. */
export async function benchProxy(): Promise<void> {
  const { binary, missing } = await findRealServer();
  if (binary === undefined) throw new InfrastructureError(`no Toxiproxy server to compare with: ${missing}`);
  const backend = await startThread({});
  const relay = await startThread({ target: backend.port });
  const [real, embedded] = await Promise.all([startRealServer(binary), startFaultProxyThread()]);
  try {
    const upstream = `127.0.0.1:${String(backend.port)}`;
    const ports = {
      direct: backend.port,
      relay: relay.port,
      real: await proxyPort(real.url, { upstream, latencyMs: undefined }),
      embedded: await proxyPort(embedded.url, { upstream, latencyMs: undefined }),
    };
    printTraffic(await measureTraffic(ports));
    const late = { upstream, latencyMs: LATENCY_MS };
    await benchLatencyError({ real: await proxyPort(real.url, late), embedded: await proxyPort(embedded.url, late) });
  } finally {
    await Promise.all([real.close(), embedded.close(), backend.worker.terminate(), relay.worker.terminate()]);
  }
}

type Way = 'direct' | 'relay' | 'real' | 'embedded';
type Samples = Readonly<Record<Way, number[]>>;

async function measureTraffic(ports: Readonly<Record<Way, number>>): Promise<ReadonlyMap<string, Samples>> {
  const ways = ['direct', 'relay', 'real', 'embedded'] as const;
  const results = new Map<string, Samples>();
  for (const name of Object.keys(MEASURES)) results.set(name, { direct: [], relay: [], real: [], embedded: [] });
  // The first round warms up and is not counted.
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [name, measure] of Object.entries(MEASURES)) {
      // The variant that is first in one round is last in the next.
      for (const way of round % 2 === 0 ? ways : ways.toReversed()) {
        const value = await measure(ports[way]);
        if (round >= 0) results.get(name)?.[way].push(value);
      }
    }
  }
  return results;
}

function printTraffic(results: ReadonlyMap<string, Samples>): void {
  for (const [name, samples] of results) {
    const of = (way: Way) => median(samples[way]).toFixed(0);
    say(`${name}: direct ${of('direct')}, relay ${of('relay')}, real ${of('real')}, embedded ${of('embedded')}`);
  }
  for (const [name, samples] of results) {
    if (name === ONE_EXCHANGE) say(`added latency: embedded is ${addedRatio(samples)} times real (at most 1.10)`);
    else say(`${name}: embedded is ${ratioOfMedians(samples)} times real (at least 0.90)`);
  }
}

function addedRatio(samples: Samples): string {
  const added = (way: Way) =>
    median(samples[way].map((micros, round) => micros - (samples.direct[round] ?? Number.NaN)));
  return (added('embedded') / added('real')).toFixed(2);
}

function ratioOfMedians({ embedded, real }: Samples): string {
  return (median(embedded) / median(real)).toFixed(2);
}

async function benchLatencyError(ports: Readonly<Record<'real' | 'embedded', number>>): Promise<void> {
  const rounds: Record<'real' | 'embedded', number[][]> = { real: [], embedded: [] };
  const ways = ['real', 'embedded'] as const;
  for (let round = 0; round < LATENCY_ROUNDS; round += 1) {
    for (const way of round % 2 === 0 ? ways : ways.toReversed()) rounds[way].push(await latencyErrorsMs(ports[way]));
  }
  // Noise of the machine affects only the variant that is measured then, so each round counts once.
  const typical = (way: 'real' | 'embedded', share: number) => median(rounds[way].map((ms) => quantile(ms, share)));
  for (const way of ways) {
    const of = (share: number) => typical(way, share).toFixed(2);
    say(
      `error of ${String(LATENCY_MS)} ms, ${way}: least ${of(0)}, median ${of(0.5)}, most ${of(1)} ms in ${PER_ROUND}`,
    );
  }
  const times = (share: number) => (typical('embedded', share) / typical('real', share)).toFixed(2);
  say(`latency error: embedded is ${times(0.5)} times real in the median, ${times(1)} times at most (at most 1.00)`);
}

/** How much later than the set latency the responses arrive, on open connections whose requests are spread over time. */
async function latencyErrorsMs(port: number): Promise<number[]> {
  const errors: number[] = [];
  const sockets = await Promise.all(Array.from({ length: LATENCY_CONNECTIONS }, () => dial(port)));
  await sleep(DIALLED_MS);
  await Promise.all(
    sockets.map(async (socket, index) => {
      await sleep((index * LATENCY_MS) / LATENCY_CONNECTIONS);
      await exchange(socket, (elapsedMs) => errors.push(elapsedMs - LATENCY_MS) < 0);
      socket.destroy();
    }),
  );
  return errors;
}

async function startThread(workerData: { target?: number }): Promise<{ worker: Worker; port: number }> {
  const worker = new Worker(compiledModule(import.meta.url, './proxy-backend.ts'), { workerData });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return { worker, port };
}

async function proxyPort(
  url: string,
  { upstream, latencyMs }: { upstream: string; latencyMs: number | undefined },
): Promise<number> {
  const name = latencyMs === undefined ? 'plain' : 'late';
  const proxy = await new Toxiproxy(url).createProxy({ name, listen: '127.0.0.1:0', upstream });
  if (latencyMs !== undefined) {
    const attributes = { latency: latencyMs, jitter: 0 };
    await proxy.addToxic({ name, type: 'latency', stream: 'downstream', toxicity: 1, attributes });
  }
  return parseAddress(proxy.listen).port;
}

function say(line: string): void {
  process.stdout.write(`proxy: ${line}\n`);
}
