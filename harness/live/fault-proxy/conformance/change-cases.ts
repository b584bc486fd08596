// Cases of toxics that are added, updated and removed while a link is open.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Peers, type Recorded, settle } from '../peers.fixture.ts';
import type { ConformanceCase } from './case.ts';
import { bothEnded, bothNow, seen, toxic } from './seen.ts';

const FOREVER_MS = 600_000;
const forever = { type: 'latency', attributes: { latency: FOREVER_MS } };

/** Writes one letter at a time, so that each letter is a separate chunk. */
async function letters(peers: Peers, text: string) {
  const ends = await peers.open();
  for (const letter of text) {
    ends.client.socket.write(letter);
    await settle();
  }
  return ends;
}

type Held = Awaited<ReturnType<typeof toxic>>;

/** A case whose toxic holds three letters: shows which have arrived after each change. */
function held(
  title: string,
  shows: readonly string[],
  changes: readonly ((toxicHeld: Held, peers: Peers) => Promise<unknown>)[],
) {
  return {
    title,
    shows,
    observe: async (peers: Peers) => {
      const holding = await toxic(peers, { ...forever, name: 'holding' });
      const { server } = await letters(peers, 'abc');
      const texts: string[] = [];
      for (const change of changes) {
        await change(holding, peers);
        await settle();
        texts.push(server.text);
      }
      return texts;
    },
  };
}

const update = (latency: number) => (holding: Held) => holding.update({ ...holding.toJson(), attributes: { latency } });
const remove = (holding: Held) => holding.remove();

const holding: readonly ConformanceCase[] = [
  held('an update releases the current chunk only', ['a', 'ab'], [update(FOREVER_MS), update(FOREVER_MS)]),
  held('an update applies the new latency to waiting chunks', ['abc'], [update(0)]),
  held('a removal releases all chunks in order', ['abc'], [remove]),
  held(
    'a toxic added behind releases the chunk in hand',
    ['a', 'abc'],
    [(_, peers) => toxic(peers, { type: 'noop', name: 'behind' }), remove],
  ),
  held(
    'a toxic of the other stream releases nothing',
    [''],
    [(_, peers) => toxic(peers, { type: 'noop', name: 'other', stream: 'downstream' })],
  ),
  held(
    'an update to a toxicity of zero releases all chunks',
    ['abc'],
    [(toxicHeld) => toxicHeld.update({ ...toxicHeld.toJson(), toxicity: 0 })],
  ),
  held('reset releases all chunks in order', ['abc'], [(_, { api }) => api.reset()]),
  held(
    'a removed toxic passes its chunks to the toxic behind it',
    ['a', 'a'],
    [(_, peers) => toxic(peers, { ...forever, name: 'behind' }), remove],
  ),
];

const counting: readonly ConformanceCase[] = [
  {
    title: 'limit_data counts from when it was added, and keeps its count in an update',
    shows: { ending: 'fin', text: 'beforefourfi' },
    observe: async (peers) => {
      const { client, server } = await peers.open();
      client.socket.write('before');
      await server.received(6);
      const limit = await toxic(peers, { type: 'limit_data', attributes: { bytes: 100 } });
      client.socket.write('four');
      await server.received(10);
      await limit.update({ ...limit.toJson(), attributes: { bytes: 6 } });
      client.socket.write('five!');
      await server.ending;
      return seen(server);
    },
  },
  {
    title: 'limit_data that is updated below its count closes on the next byte',
    shows: [
      { ending: 'open', text: 'four' },
      { ending: 'fin', text: 'four' },
    ],
    observe: async (peers) => {
      const limit = await toxic(peers, { type: 'limit_data', attributes: { bytes: 100 } });
      const { client, server } = await peers.open();
      client.socket.write('four');
      await server.received(4);
      await limit.update({ ...limit.toJson(), attributes: { bytes: 2 } });
      await settle();
      const before = await seen(server);
      client.socket.write('x');
      await server.ending;
      return [before, await seen(server)];
    },
  },
  {
    title: 'limit_data counts each link separately',
    shows: ['abc', 'abc'],
    observe: async (peers) => {
      await toxic(peers, { type: 'limit_data', attributes: { bytes: 3 } });
      const links = [await peers.open(), await peers.open()];
      for (const { client } of links) client.socket.write('abcdef');
      await Promise.all(links.map(({ server }) => server.ending));
      return links.map(({ server }) => server.text);
    },
  },
];

const closing: readonly ConformanceCase[] = [
  {
    title: 'removing timeout closes links of its stream',
    shows: { client: { ending: 'fin' }, server: { ending: 'fin', text: '' } },
    observe: async (peers) => {
      const mute = await toxic(peers, { type: 'timeout' });
      const ends = await letters(peers, 'lost');
      await mute.remove();
      return bothEnded(ends);
    },
  },
  {
    title: 'updating timeout closes nothing',
    shows: { client: { ending: 'open' }, server: { ending: 'open', text: '' } },
    observe: async (peers) => {
      const mute = await toxic(peers, { type: 'timeout' });
      const ends = await letters(peers, 'x');
      await mute.update({ ...mute.toJson(), attributes: { timeout: FOREVER_MS } });
      await settle();
      return bothNow(ends);
    },
  },
  {
    title: 'removing timeout also closes links on which it did not act',
    shows: { client: { ending: 'fin' }, server: { ending: 'fin', text: 'x' } },
    observe: async (peers) => {
      const mute = await toxic(peers, { type: 'timeout', toxicity: 0 });
      const ends = await letters(peers, 'x');
      await mute.remove();
      return bothEnded(ends);
    },
  },
  {
    title: 'removing slow_close closes waiting links immediately',
    shows: [{ ending: 'open' }, { ending: 'fin', text: 'x' }],
    observe: async (peers) => {
      const slow = await toxic(peers, { type: 'slow_close', attributes: { delay: FOREVER_MS } });
      const { client, server } = await peers.open();
      client.socket.end('x');
      await settle();
      const before = await seen(server);
      await slow.remove();
      await server.ending;
      return [before, await seen(server)];
    },
  },
  {
    title: 'updating slow_close restarts its delay',
    shows: { ending: 'fin', text: 'x' },
    observe: async (peers) => {
      const slow = await toxic(peers, { type: 'slow_close', attributes: { delay: FOREVER_MS } });
      const { client, server } = await peers.open();
      client.socket.end('x');
      await settle();
      await slow.update({ ...slow.toJson(), attributes: { delay: 10 } });
      await server.ending;
      return seen(server);
    },
  },
  {
    title: 'reset_peer that is added to an open link ends it with a FIN',
    shows: { client: { ending: 'fin' }, server: { ending: 'fin', text: '' } },
    observe: async (peers) => {
      const ends = await peers.open();
      await toxic(peers, { type: 'reset_peer' });
      ends.client.socket.write('x');
      return bothEnded(ends);
    },
  },
  {
    title: 'removing reset_peer does not stop a reset that has begun',
    shows: { client: { ending: 'reset' }, server: { ending: 'reset', text: '' } },
    observe: async (peers) => {
      const cut = await toxic(peers, { type: 'reset_peer', attributes: { timeout: 150 } });
      const ends = await peers.open();
      ends.client.socket.write('x');
      await settle();
      await cut.remove();
      return bothEnded(ends);
    },
  },
  {
    title: 'removing bandwidth of zero releases the data and the end',
    shows: { ending: 'fin', text: 'held' },
    observe: async (peers) => {
      const jam = await toxic(peers, { type: 'bandwidth' });
      const { client, server } = await peers.open();
      client.socket.end('held');
      await settle();
      await jam.remove();
      await server.ending;
      return seen(server);
    },
  },
  {
    title: 'a stream passes toxics that are added and removed without loss',
    shows: { ending: 'fin' },
    observe: async (peers) => {
      const { client, server } = await peers.open();
      const part = Buffer.from(Uint8Array.from({ length: 100_003 }, (_, index) => index % 251));
      for (const spec of [forever, { type: 'slicer', attributes: { average_size: 900 } }, { type: 'bandwidth' }]) {
        client.socket.write(part);
        const added = await toxic(peers, spec);
        client.socket.write(part);
        await added.remove();
      }
      client.socket.end(part);
      await server.ending;
      return seen(server);
    },
  },
];

/** Writes until the reader has stalled and all buffers between are full. */
async function flood({ socket }: Recorded): Promise<void> {
  const part = Buffer.alloc(1_000_000);
  let isTaken = true;
  while (isTaken)
    isTaken = socket.write(part) || (await Promise.race([once(socket, 'drain'), sleep(500)])) !== undefined;
}

const stalling: readonly ConformanceCase[] = [
  {
    title: 'a removal waits for a stalled reader',
    shows: 'waits',
    observe: async (peers) => {
      const slow = await toxic(peers, { type: 'latency', stream: 'downstream', attributes: { latency: 50 } });
      const { client, server } = await peers.open();
      client.socket.pause();
      await flood(server);
      const removed = slow.remove().then(
        () => 'removed',
        () => 'refused',
      );
      return Promise.race([removed, sleep(5_000, 'waits')]);
    },
  },
];

/** All cases of changes on open links. */
export const changeCases: readonly ConformanceCase[] = [...holding, ...counting, ...closing, ...stalling];
