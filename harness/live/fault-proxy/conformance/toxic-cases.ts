// Cases of each toxic on links that are opened after it was added: which bytes pass, and how connections end.
import { setTimeout as sleep } from 'node:timers/promises';
import { settle, type Peers, type ToxicSpec } from '../peers.fixture.ts';
import type { ConformanceCase } from './case.ts';
import { DIRECTIONS, along, bothEnded, bothNow, seen, toxic } from './seen.ts';
import type { Direction } from '../toxic.ts';

const FOREVER_MS = 600_000;

interface Passing {
  readonly title: string;
  readonly spec: ToxicSpec;
  readonly data: string;
  /** Whether the sender closes its side after its data. */
  readonly fin: boolean;
  /** What the receiver must see. */
  readonly shows: { readonly ending: string; readonly text: string };
}

const fin = (text: string) => ({ ending: 'fin', text });
const reset = { ending: 'reset', text: '' };

/** How each toxic treats data, with and without an end. */
const passing: readonly Passing[] = [
  { title: 'noop', spec: { type: 'noop' }, data: 'data', fin: true, shows: fin('data') },
  {
    title: 'latency',
    spec: { type: 'latency', attributes: { latency: 30 } },
    data: 'data',
    fin: true,
    shows: fin('data'),
  },
  {
    title: 'jitter alone',
    spec: { type: 'latency', attributes: { jitter: 30 } },
    data: 'data',
    fin: true,
    shows: fin('data'),
  },
  {
    title: 'bandwidth',
    spec: { type: 'bandwidth', attributes: { rate: 1 } },
    data: 'data',
    fin: true,
    shows: fin('data'),
  },
  {
    title: 'slow_close',
    spec: { type: 'slow_close', attributes: { delay: 30 } },
    data: 'data',
    fin: true,
    shows: fin('data'),
  },
  {
    title: 'slow_close of an end without data',
    spec: { type: 'slow_close', attributes: { delay: 30 } },
    data: '',
    fin: true,
    shows: fin(''),
  },
  { title: 'slow_close without a delay', spec: { type: 'slow_close' }, data: 'data', fin: true, shows: fin('data') },
  {
    title: 'slicer',
    spec: { type: 'slicer', attributes: { average_size: 3, size_variation: 1 } },
    data: 'data'.repeat(40),
    fin: true,
    shows: fin('data'.repeat(40)),
  },
  {
    title: 'timeout drops data',
    spec: { type: 'timeout', attributes: { timeout: 50 } },
    data: 'data',
    fin: false,
    shows: fin(''),
  },
  {
    title: 'timeout passes an end',
    spec: { type: 'timeout', attributes: { timeout: FOREVER_MS } },
    data: 'data',
    fin: true,
    shows: fin(''),
  },
  { title: 'timeout of zero passes an end', spec: { type: 'timeout' }, data: 'data', fin: true, shows: fin('') },
  {
    title: 'timeout below zero passes an end',
    spec: { type: 'timeout', attributes: { timeout: -5 } },
    data: 'data',
    fin: true,
    shows: fin(''),
  },
  { title: 'reset_peer without a delay', spec: { type: 'reset_peer' }, data: 'data', fin: false, shows: reset },
  {
    title: 'reset_peer with a delay',
    spec: { type: 'reset_peer', attributes: { timeout: 50 } },
    data: 'data',
    fin: false,
    shows: reset,
  },
  { title: 'reset_peer on an end without data', spec: { type: 'reset_peer' }, data: '', fin: true, shows: reset },
  {
    title: 'reset_peer below zero',
    spec: { type: 'reset_peer', attributes: { timeout: -5 } },
    data: 'data',
    fin: false,
    shows: reset,
  },
  {
    title: 'limit_data of fewer bytes than are sent',
    spec: { type: 'limit_data', attributes: { bytes: 3 } },
    data: 'data',
    fin: false,
    shows: fin('dat'),
  },
  {
    title: 'limit_data of all bytes',
    spec: { type: 'limit_data', attributes: { bytes: 4 } },
    data: 'data',
    fin: false,
    shows: fin('data'),
  },
  {
    title: 'limit_data of more bytes than are sent',
    spec: { type: 'limit_data', attributes: { bytes: 5 } },
    data: 'data',
    fin: true,
    shows: fin('data'),
  },
  { title: 'limit_data of zero', spec: { type: 'limit_data' }, data: 'data', fin: false, shows: fin('') },
  {
    title: 'limit_data below zero',
    spec: { type: 'limit_data', attributes: { bytes: -5 } },
    data: 'data',
    fin: false,
    shows: fin(''),
  },
  {
    title: 'limit_data of zero on an end without data',
    spec: { type: 'limit_data' },
    data: '',
    fin: true,
    shows: fin(''),
  },
  {
    title: 'a toxicity of zero',
    spec: { type: 'limit_data', toxicity: 0 },
    data: 'data',
    fin: true,
    shows: fin('data'),
  },
  {
    title: 'a toxicity above one',
    spec: { type: 'limit_data', toxicity: 2 },
    data: 'data',
    fin: false,
    shows: fin(''),
  },
  {
    title: 'a toxicity below zero',
    spec: { type: 'limit_data', toxicity: -1 },
    data: 'data',
    fin: true,
    shows: fin('data'),
  },
];

function passingCase({ title, spec, data, fin: ends, shows }: Passing, stream: Direction): ConformanceCase {
  return {
    title: `${title}, ${stream}`,
    shows: {
      [stream === 'upstream' ? 'server' : 'client']: shows,
      [stream === 'upstream' ? 'client' : 'server']: { text: '' },
    },
    observe: async (peers) => {
      await toxic(peers, { ...spec, stream });
      const link = await peers.open();
      const { from } = along(link, stream);
      if (data !== '') from.socket.write(data);
      if (ends) from.socket.end();
      return bothEnded(link);
    },
  };
}

/** Sends data under a toxic and compares the sizes in which it arrives. It counts as timing: a late reader gets several pieces as one. */
function pieces(
  title: string,
  spec: ToxicSpec,
  { bytes, sizes }: { bytes: number; sizes: readonly number[] },
): ConformanceCase {
  return {
    title,
    timing: true,
    shows: sizes,
    observe: async (peers) => {
      await toxic(peers, spec);
      const { client, server } = await peers.open();
      client.socket.write(Buffer.alloc(bytes));
      await server.received(bytes);
      return server.chunks.map(({ length }) => length);
    },
  };
}

/** By this time all data that no toxic holds has arrived, even on a busy machine. */
const LATE_MS = 5000;

const slowly = { delay: 20_000, size_variation: 0 };

const inPieces: readonly ConformanceCase[] = [
  pieces(
    'slicer halves chunks',
    { type: 'slicer', attributes: { ...slowly, average_size: 25 } },
    { bytes: 100, sizes: [25, 25, 25, 25] },
  ),
  pieces(
    'slicer halves a chunk of odd size',
    { type: 'slicer', attributes: { ...slowly, average_size: 30 } },
    { bytes: 99, sizes: [24, 25, 25, 25] },
  ),
  pieces(
    'slicer leaves small chunks whole',
    { type: 'slicer', attributes: { ...slowly, average_size: 100 } },
    { bytes: 100, sizes: [100] },
  ),
  pieces(
    'bandwidth cuts a chunk that takes longer than 100 ms',
    { type: 'bandwidth', attributes: { rate: 1 } },
    { bytes: 250, sizes: [100, 100, 50] },
  ),
  pieces(
    'limit_data leaves chunks whole',
    { type: 'limit_data', attributes: { bytes: 1000 } },
    { bytes: 100, sizes: [100] },
  ),
];

/** Opens many links under a toxic that drops the data of some, and sends three times. Returns the texts that arrived. */
async function textsUnder(peers: Peers, toxicity: number) {
  await toxic(peers, { type: 'timeout', toxicity });
  const links = await Promise.all(Array.from({ length: 120 }, () => peers.open()));
  for (let round = 0; round < 3; round += 1) {
    for (const { client } of links) client.socket.write('x');
    await settle();
  }
  const heard = links.filter(({ server }) => server.text !== '');
  await Promise.race([Promise.all(heard.map(({ server }) => server.received(3))), sleep(LATE_MS)]);
  const texts = links.map(({ server }) => server.text);
  const silent = texts.filter((text) => text === '').length;
  const share = silent === 0 ? 'none' : silent === links.length ? 'all' : silent < links.length / 2 ? 'few' : 'many';
  return { texts: [...new Set(texts)].toSorted(), silent: share };
}

const toxicities: readonly ConformanceCase[] = [
  {
    title: 'a toxicity of 0.2 is drawn per link',
    shows: { texts: ['', 'xxx'], silent: 'few' },
    observe: (peers) => textsUnder(peers, 0.2),
  },
  {
    title: 'a toxicity of 0.8 is drawn per link',
    shows: { texts: ['', 'xxx'], silent: 'many' },
    observe: (peers) => textsUnder(peers, 0.8),
  },
  {
    title: 'links under reset_peer end with a reset even if the toxic was not drawn',
    shows: { client: { ending: 'reset', text: '' }, server: { ending: 'reset', text: 'data' } },
    observe: async (peers) => {
      await toxic(peers, { type: 'reset_peer', toxicity: 0 });
      const ends = await peers.open();
      ends.client.socket.write('data');
      await ends.server.received(4);
      ends.client.socket.end();
      return bothEnded(ends);
    },
  },
];

const together: readonly ConformanceCase[] = [
  {
    title: 'toxics act in the order of their addition',
    shows: { text: '12' },
    observe: async (peers) => {
      await toxic(peers, { type: 'limit_data', attributes: { bytes: 2 } });
      await toxic(peers, { type: 'slow_close', attributes: { delay: 20 } });
      await toxic(peers, { type: 'latency', attributes: { latency: 20 } });
      const { client, server } = await peers.open();
      client.socket.write('1234');
      await server.ending;
      return seen(server);
    },
  },
  {
    title: 'toxics of one stream do not act on the other',
    shows: { client: { text: '' }, server: { text: 'up' } },
    observe: async (peers) => {
      await toxic(peers, { type: 'timeout', stream: 'downstream' });
      const ends = await peers.open();
      ends.client.socket.write('up');
      ends.server.socket.write('down');
      await ends.server.received(2);
      await settle();
      return bothNow(ends);
    },
  },
  {
    title: 'replies in flight are delivered after a FIN of the client',
    shows: { client: { ending: 'fin', text: 'reply' } },
    observe: async (peers) => {
      await toxic(peers, { type: 'latency', stream: 'downstream', attributes: { latency: 150 } });
      const ends = await peers.open();
      ends.server.socket.write('reply');
      await settle();
      ends.client.socket.end();
      return bothEnded(ends);
    },
  },
  {
    title: 'requests in flight are delivered after a FIN of the server',
    shows: { server: { ending: 'fin', text: 'request' } },
    observe: async (peers) => {
      await toxic(peers, { type: 'latency', attributes: { latency: 150 } });
      const ends = await peers.open();
      ends.client.socket.write('request');
      await settle();
      ends.server.socket.end();
      return bothEnded(ends);
    },
  },
  {
    title: 'a timeout of zero keeps the link open',
    shows: { client: { ending: 'open' }, server: { ending: 'open', text: '' } },
    observe: async (peers) => {
      await toxic(peers, { type: 'timeout' });
      const ends = await peers.open();
      ends.client.socket.write('lost');
      await sleep(150);
      return bothNow(ends);
    },
  },
  {
    title: 'bandwidth of zero holds the data and the end',
    shows: { client: { ending: 'open' }, server: { ending: 'open', text: '' } },
    observe: async (peers) => {
      await toxic(peers, { type: 'bandwidth' });
      const ends = await peers.open();
      ends.client.socket.end('held');
      await sleep(150);
      return bothNow(ends);
    },
  },
  {
    title: 'a large stream passes many toxics without loss',
    shows: { ending: 'fin' },
    observe: async (peers) => {
      await toxic(peers, { type: 'latency', attributes: { latency: 5, jitter: 5 } });
      await toxic(peers, { type: 'slicer', attributes: { average_size: 5_000, size_variation: 500 } });
      await toxic(peers, { type: 'bandwidth', attributes: { rate: 20_000 } });
      const { client, server } = await peers.open();
      client.socket.end(Buffer.from(Uint8Array.from({ length: 1_000_003 }, (_, index) => index % 251)));
      await server.ending;
      return seen(server);
    },
  },
];

/** All cases of toxics that are added before the link is opened. */
export const toxicCases: readonly ConformanceCase[] = [
  ...passing.flatMap((row) => DIRECTIONS.map((stream) => passingCase(row, stream))),
  ...inPieces,
  ...toxicities,
  ...together,
];
