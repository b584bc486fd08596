// Cases of time. They never compare times, but ratios: how many times longer one use of the proxy took than another in the same run,
// rounded to a whole number. So a slow machine has no effect, and a busy one little.
import { setTimeout as sleep } from 'node:timers/promises';
import { settle, type Peers, type ToxicSpec } from '../peers.fixture.ts';
import type { ConformanceCase } from './case.ts';
import { along, toxic } from './seen.ts';
import type { Direction } from '../toxic.ts';

const UNIT_MS = 150;

/** How long `work` took, in ms. */
async function took(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}

/** A use of the proxy `wire`. Resolves with the time that it took, in ms. */
type Use = (peers: Peers) => Promise<number>;

/** A comparison of two uses, each under its toxics. */
interface Comparison {
  readonly title: string;
  /** How many times longer the use `takes` takes than the use `than`. */
  readonly times: number;
  readonly than: readonly [ToxicSpec, Use];
  readonly takes: readonly [readonly ToxicSpec[], Use];
}

function comparison({ title, times, than, takes }: Comparison): ConformanceCase {
  return {
    title,
    timing: true,
    shows: times,
    observe: async (peers) => {
      const base = await under(peers, [than[0]], than[1]);
      const other = await under(peers, takes[0], takes[1]);
      return Math.round(other / base);
    },
  };
}

async function under(peers: Peers, specs: readonly ToxicSpec[], use: Use): Promise<number> {
  for (const [index, spec] of specs.entries()) await toxic(peers, { name: `t${String(index)}`, ...spec });
  const elapsedMs = await use(peers);
  await peers.api.reset();
  return elapsedMs;
}

/** The time until data has passed upstream. */
function passing(data: string | Buffer): Use {
  return async (peers) => {
    const { client, server } = await peers.open();
    return took(async () => (client.socket.write(data), server.received(data.length)));
  };
}

/** The time until a text has passed upstream and another has come back. */
const roundTrip: Use = async (peers) => {
  const { client, server } = await peers.open();
  return took(async () => {
    client.socket.write('ping');
    await server.received(4);
    server.socket.write('pong');
    await client.received(4);
  });
};

/** The time until the receiver sees the end of the connection, after some data. */
function leaving(data: string, stream: Direction = 'upstream'): Use {
  return async (peers) => {
    const { from, to } = along(await peers.open(), stream);
    return took(async () => {
      if (data !== '') from.socket.write(data);
      from.socket.end();
      await to.ending;
    });
  };
}

/** The time from a dropped text until the link ends. */
const cutting: Use = async (peers) => {
  const { client, server } = await peers.open();
  return took(async () => (client.socket.write('x'), server.ending));
};

/** The time until ten bytes have passed that were written one after the other. */
const stream: Use = async (peers) => {
  const { client, server } = await peers.open();
  return took(async () => {
    for (let sent = 0; sent < 10; sent += 1) {
      client.socket.write('x');
      await sleep(5);
    }
    await server.received(10);
  });
};

/** The time until two simultaneous uses are done. */
function twice(use: Use): Use {
  return (peers) => took(() => Promise.all([use(peers), use(peers)]));
}

/** The time from a change of the proxy until a chunk in flight has passed. */
function afterHolding(change: (peers: Peers) => Promise<unknown>): Use {
  return async (peers) => {
    const { client, server } = await peers.open();
    client.socket.write('x');
    await settle();
    return took(async () => {
      await change(peers);
      await server.received(1);
    });
  };
}

const opening: Use = (peers) => took(() => peers.open());
const latency = (factor: number, more: object = {}) => ({
  type: 'latency',
  attributes: { latency: UNIT_MS * factor, ...more },
});
const bandwidth = (rate: number) => ({ type: 'bandwidth', attributes: { rate } });
/** The unit of comparison: a plain timer in this thread. */
const one = [{ type: 'noop' }, () => took(() => sleep(UNIT_MS))] as const;
const kilobytes = (count: number) => Buffer.alloc(count * 1000);

/** The time until a timeout toxic ends the link, with a second chunk before its time is over. */
const rearming: Use = async (peers) => {
  const { client, server } = await peers.open();
  return took(async () => {
    client.socket.write('x');
    await sleep(UNIT_MS * 1.5);
    client.socket.write('x');
    await server.ending;
  });
};

/** All cases of time. */
export const timingCases: readonly ConformanceCase[] = [
  comparison({ title: 'latency delays data by its value', times: 3, than: one, takes: [[latency(3)], passing('x')] }),
  comparison({ title: 'two latencies add up', times: 2, than: one, takes: [[latency(1), latency(1)], passing('x')] }),
  comparison({
    title: 'latencies of both streams add up',
    times: 2,
    than: one,
    takes: [[latency(1), { ...latency(1), stream: 'downstream' }], roundTrip],
  }),
  comparison({ title: 'the latencies of chunks overlap', times: 2, than: one, takes: [[latency(2)], stream] }),
  comparison({ title: 'latency below zero has no effect', times: 0, than: one, takes: [[latency(-3)], passing('x')] }),
  comparison({
    title: 'jitter stays within its bounds',
    times: 1,
    than: one,
    takes: [[latency(1, { jitter: 30 })], passing('x')],
  }),
  comparison({
    title: 'jitter below zero has no effect',
    times: 1,
    than: one,
    takes: [[latency(1, { jitter: -9_000 })], passing('x')],
  }),
  comparison({ title: 'a connect is not delayed', times: 0, than: one, takes: [[latency(3)], opening] }),
  comparison({ title: 'a bare FIN is not delayed', times: 0, than: one, takes: [[latency(3)], leaving('')] }),
  comparison({ title: 'a FIN waits behind data', times: 3, than: one, takes: [[latency(3)], leaving('x')] }),
  comparison({
    title: 'half the bandwidth takes twice as long',
    times: 2,
    than: [bandwidth(100), passing(kilobytes(15))],
    takes: [[bandwidth(50)], passing(kilobytes(15))],
  }),
  comparison({
    title: 'a kilobyte is a thousand bytes',
    times: 3,
    than: one,
    takes: [[bandwidth(100)], passing(kilobytes(45))],
  }),
  comparison({
    title: 'bandwidth takes as long for a chunk that it slices',
    times: 2,
    than: one,
    takes: [[bandwidth(1)], passing(Buffer.alloc(300))],
  }),
  comparison({
    title: 'bandwidth is counted per link',
    times: 1,
    than: one,
    takes: [[bandwidth(100)], twice(passing(kilobytes(15)))],
  }),
  comparison({
    title: 'slow_close delays the end',
    times: 3,
    than: one,
    takes: [[{ type: 'slow_close', attributes: { delay: UNIT_MS * 3 } }], leaving('x')],
  }),
  comparison({
    title: 'slow_close does not delay data',
    times: 0,
    than: one,
    takes: [[{ type: 'slow_close', attributes: { delay: UNIT_MS * 3 } }], passing('x')],
  }),
  comparison({
    title: 'timeout ends the link after its time',
    times: 3,
    than: one,
    takes: [[{ type: 'timeout', attributes: { timeout: UNIT_MS * 3 } }], cutting],
  }),
  comparison({
    title: 'timeout starts again with each chunk',
    times: 4,
    than: one,
    takes: [[{ type: 'timeout', attributes: { timeout: UNIT_MS * 2.5 } }], rearming],
  }),
  comparison({
    title: 'reset_peer waits before it ends the link',
    times: 3,
    than: one,
    takes: [[{ type: 'reset_peer', attributes: { timeout: UNIT_MS * 3 } }], cutting],
  }),
  comparison({
    title: 'slicer waits after each piece',
    times: 2,
    than: one,
    takes: [
      [{ type: 'slicer', attributes: { average_size: 1, size_variation: 0, delay: UNIT_MS * 1_000 } }],
      passing('xxx'),
    ],
  }),
  comparison({
    title: 'the removal of a toxic releases its data immediately',
    times: 0,
    than: one,
    takes: [[latency(1000)], afterHolding(({ api }) => api.reset())],
  }),
];
