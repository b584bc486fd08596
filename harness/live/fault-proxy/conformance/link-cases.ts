// Cases of links without toxics: what passes, how links end, and how the API affects open links.
import { connect } from 'node:net';
import { Recorded, portOf, settle, type Peers } from '../peers.fixture.ts';
import type { ConformanceCase } from './case.ts';
import { bothEnded, bothNow, dialled, seen, setEnabled, toxic } from './seen.ts';

const FIN = { ending: 'fin' };
const OPEN = { ending: 'open' };

async function endingOf(peers: Peers, upstream: string) {
  const wire = await peers.api.createProxy({ name: 'other', listen: '127.0.0.1:0', upstream });
  const client = new Recorded(connect(portOf(wire.listen), '127.0.0.1'));
  return client.ending;
}

async function upstreamAt(peers: Peers, host: string) {
  const upstream = `${host}:${String(portOf(peers.upstream))}`;
  const wire = await peers.api.createProxy({ name: 'other', listen: '127.0.0.1:0', upstream });
  const { client, server } = await peers.open(wire);
  client.socket.write('x');
  return (await server.received(1)).toString();
}

/** Changes a proxy while a link carries data. `afterwards` is what a new client then sees. */
async function linkUnder(peers: Peers, change: () => Promise<unknown>) {
  const ends = await peers.open();
  ends.client.socket.write('before');
  await ends.server.received(6);
  await change();
  return { ends, afterwards: await dialled(peers.wire) };
}

async function linkEndedBy(peers: Peers, change: () => Promise<unknown>) {
  const { ends, afterwards } = await linkUnder(peers, change);
  return { ...(await bothEnded(ends)), afterwards };
}

async function linkLeftAloneBy(peers: Peers, change: () => Promise<unknown>) {
  const { ends, afterwards } = await linkUnder(peers, change);
  await settle();
  return { ...(await bothNow(ends)), afterwards };
}

const ended = { client: FIN, server: FIN };
const untouched = { client: OPEN, server: OPEN, afterwards: 'connected' };

const endings: readonly ConformanceCase[] = [
  {
    title: 'data passes both ways',
    shows: { client: { text: 'answer' }, server: { text: 'question' } },
    observe: async ({ open }) => {
      const ends = await open();
      ends.client.socket.write('question');
      await ends.server.received(8);
      ends.server.socket.write('answer');
      await ends.client.received(6);
      return bothNow(ends);
    },
  },
  {
    title: 'a megabyte passes in both directions at the same time',
    shows: { client: FIN },
    observe: async ({ open }) => {
      const ends = await open();
      const data = Buffer.from(Uint8Array.from({ length: 1_000_003 }, (_, index) => index % 251));
      ends.client.socket.write(data);
      ends.server.socket.write(data);
      await Promise.all([ends.server.received(data.length), ends.client.received(data.length)]);
      ends.server.socket.end();
      await ends.client.ending;
      return { client: await seen(ends.client), server: ends.server.bytes.equals(data) };
    },
  },
  {
    title: 'replies after a FIN of the client are lost',
    shows: { client: { ...FIN, text: '' }, server: { ...FIN, text: 'request' } },
    observe: async ({ open }) => {
      const ends = await open();
      ends.client.socket.end('request');
      await ends.server.ending;
      ends.server.socket.write('too late');
      await ends.client.ending;
      return bothNow(ends);
    },
  },
  {
    title: 'a FIN of the server arrives after its data',
    shows: { client: { ...FIN, text: 'record' } },
    observe: async ({ open }) => {
      const ends = await open();
      ends.server.socket.end('record');
      await ends.client.ending;
      ends.client.socket.destroy();
      return bothEnded(ends);
    },
  },
  ...(['client', 'server'] as const).map((side): ConformanceCase => {
    const other = side === 'client' ? 'server' : 'client';
    return {
      title: `a reset by the ${side} arrives as a FIN`,
      shows: FIN,
      observe: async ({ open }) => {
        const ends = await open();
        ends[side].socket.resetAndDestroy();
        await ends[other].ending;
        return seen(ends[other]);
      },
    };
  }),
  ...(['client', 'server'] as const).map((side): ConformanceCase => {
    const other = side === 'client' ? 'server' : 'client';
    return {
      title: `data of the ${side} before its FIN arrives before the FIN`,
      shows: { ...FIN, text: 'x'.repeat(99) },
      observe: async ({ open }) => {
        const ends = await open();
        ends[side].socket.write('x'.repeat(50));
        ends[side].socket.end('x'.repeat(49));
        await ends[other].ending;
        return seen(ends[other]);
      },
    };
  }),
];

const upstreams: readonly ConformanceCase[] = [
  {
    title: 'an upstream that refuses connections',
    shows: 'fin',
    observe: (peers) => endingOf(peers, '127.0.0.1:1'),
  },
  { title: 'an upstream that is no address', shows: 'fin', observe: (peers) => endingOf(peers, 'not an address') },
  { title: 'an upstream without a port', shows: 'fin', observe: (peers) => endingOf(peers, '127.0.0.1') },
  { title: 'an upstream with a host name', shows: 'x', observe: (peers) => upstreamAt(peers, 'localhost') },
  { title: 'an upstream without a host', shows: 'x', observe: (peers) => upstreamAt(peers, '') },
];

const changes: readonly ConformanceCase[] = [
  {
    title: 'disabling ends links and refuses clients',
    shows: { ...ended, afterwards: 'ECONNREFUSED' },
    observe: (peers) => linkEndedBy(peers, () => setEnabled(peers.wire, false)),
  },
  {
    title: 'deleting ends links and refuses clients',
    shows: { ...ended, afterwards: 'ECONNREFUSED' },
    observe: (peers) => linkEndedBy(peers, () => peers.wire.remove()),
  },
  {
    title: 'another upstream ends links',
    shows: { ...ended, afterwards: 'connected' },
    observe: (peers) =>
      linkEndedBy(peers, () =>
        peers.wire.update({ enabled: true, listen: peers.wire.listen, upstream: '127.0.0.1:1' }),
      ),
  },
  {
    title: 'another listen address ends links and frees the old one',
    shows: { ...ended, afterwards: 'ECONNREFUSED' },
    observe: (peers) =>
      linkEndedBy(peers, () => peers.wire.update({ enabled: true, listen: '127.0.0.1:0', upstream: peers.upstream })),
  },
  {
    title: 'an update to the same values keeps links open',
    shows: untouched,
    observe: (peers) => linkLeftAloneBy(peers, () => setEnabled(peers.wire, true)),
  },
  {
    title: 'populate with the same values keeps links open',
    shows: untouched,
    observe: (peers) =>
      linkLeftAloneBy(peers, () =>
        peers.api.populate([{ name: 'wire', listen: peers.wire.listen, upstream: peers.upstream }]),
      ),
  },
  {
    title: 'populate with other values ends links',
    shows: { ...ended, afterwards: 'connected' },
    observe: (peers) =>
      linkEndedBy(peers, () =>
        peers.api.populate([{ name: 'wire', listen: peers.wire.listen, upstream: '127.0.0.1:1' }]),
      ),
  },
  {
    title: 'reset keeps links open',
    shows: untouched,
    observe: (peers) => linkLeftAloneBy(peers, () => peers.api.reset()),
  },
  {
    title: 'reset ends links under a timeout',
    shows: { ...ended, afterwards: 'connected' },
    observe: async (peers) => {
      await toxic(peers, { type: 'timeout', stream: 'downstream' });
      return linkEndedBy(peers, () => peers.api.reset());
    },
  },
  {
    title: 'reset starts a disabled proxy at its port',
    shows: ['ECONNREFUSED', 'connected'],
    observe: async ({ wire, api }) => {
      await setEnabled(wire, false);
      const before = await dialled(wire);
      await api.reset();
      return [before, await dialled(wire)];
    },
  },
  {
    title: 'disabling discards data in flight',
    shows: { client: FIN, server: { ...FIN, text: '' } },
    observe: async (peers) => {
      await toxic(peers, { type: 'latency', attributes: { latency: 60_000 } });
      const ends = await peers.open();
      ends.client.socket.write('lost');
      await settle();
      await setEnabled(peers.wire, false);
      return bothEnded(ends);
    },
  },
  {
    title: 'toxics act again after a proxy was disabled and enabled',
    shows: { client: FIN, server: { ...FIN, text: 'abc' } },
    observe: async (peers) => {
      await toxic(peers, { type: 'limit_data', attributes: { bytes: 3 } });
      await setEnabled(peers.wire, false);
      await setEnabled(peers.wire, true);
      const ends = await peers.open();
      ends.client.socket.write('abcdef');
      return bothEnded(ends);
    },
  },
];

/** All cases of links. */
export const linkCases: readonly ConformanceCase[] = [...endings, ...upstreams, ...changes];
