// Cases of toxics that come, change and go while a link is open.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Peers, type Recorded, settle } from '../peers.fixture.ts';
import type { ConformanceCase } from './case.ts';
import { bothLeft, bothNow, seen, toxic } from './seen.ts';

const FOREVER_MS = 600_000;
const forever = { type: 'latency', attributes: { latency: FOREVER_MS } };

/** Writes a letter at a time, so that each is a chunk of its own. */
async function letters(peers: Peers, text: string) {
  const ends = await peers.open();
  for (const letter of text) {
    ends.client.socket.write(letter);
    await settle();
  }
  return ends;
}

type Held = Awaited<ReturnType<typeof toxic>>;

/** What has arrived after each change to a toxic that holds back three letters. */
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
  held('an update releases the chunk in hand only', ['a', 'ab'], [update(FOREVER_MS), update(FOREVER_MS)]),
  held('an update re-times what waits', ['abc'], [update(0)]),
  held('a removal releases all in order', ['abc'], [remove]),
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
    'a toxicity of zero lets all pass from then on',
    ['abc'],
    [(toxicHeld) => toxicHeld.update({ ...toxicHeld.toJson(), toxicity: 0 })],
  ),
  held('reset releases all in order', ['abc'], [(_, { api }) => api.reset()]),
  held(
    'what a removed toxic held goes to the one behind it',
    ['a', 'a'],
    [(_, peers) => toxic(peers, { ...forever, name: 'behind' }), remove],
  ),
];

const counting: readonly ConformanceCase[] = [
  {
    title: 'limit_data counts from its addition and keeps its count',
    shows: { farewell: 'fin', text: 'beforefourfi' },
    observe: async (peers) => {
      const { client, server } = await peers.open();
      client.socket.write('before');
      await server.received(6);
      const limit = await toxic(peers, { type: 'limit_data', attributes: { bytes: 100 } });
      client.socket.write('four');
      await server.received(10);
      await limit.update({ ...limit.toJson(), attributes: { bytes: 6 } });
      client.socket.write('five!');
      await server.farewell;
      return seen(server);
    },
  },
  {
    title: 'limit_data below its count closes on the next byte',
    shows: [
      { farewell: 'open', text: 'four' },
      { farewell: 'fin', text: 'four' },
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
      await server.farewell;
      return [before, await seen(server)];
    },
  },
  {
    title: 'limit_data counts each link by itself',
    shows: ['abc', 'abc'],
    observe: async (peers) => {
      await toxic(peers, { type: 'limit_data', attributes: { bytes: 3 } });
      const links = [await peers.open(), await peers.open()];
      for (const { client } of links) client.socket.write('abcdef');
      await Promise.all(links.map(({ server }) => server.farewell));
      return links.map(({ server }) => server.text);
    },
  },
];

const closing: readonly ConformanceCase[] = [
  {
    title: 'removing timeout closes links of its stream',
    shows: { client: { farewell: 'fin' }, server: { farewell: 'fin', text: '' } },
    observe: async (peers) => {
      const mute = await toxic(peers, { type: 'timeout' });
      const ends = await letters(peers, 'lost');
      await mute.remove();
      return bothLeft(ends);
    },
  },
  {
    title: 'updating timeout closes nothing',
    shows: { client: { farewell: 'open' }, server: { farewell: 'open', text: '' } },
    observe: async (peers) => {
      const mute = await toxic(peers, { type: 'timeout' });
      const ends = await letters(peers, 'x');
      await mute.update({ ...mute.toJson(), attributes: { timeout: FOREVER_MS } });
      await settle();
      return bothNow(ends);
    },
  },
  {
    title: 'removing timeout closes links that it spared',
    shows: { client: { farewell: 'fin' }, server: { farewell: 'fin', text: 'x' } },
    observe: async (peers) => {
      const mute = await toxic(peers, { type: 'timeout', toxicity: 0 });
      const ends = await letters(peers, 'x');
      await mute.remove();
      return bothLeft(ends);
    },
  },
  {
    title: 'removing slow_close closes now',
    shows: [{ farewell: 'open' }, { farewell: 'fin', text: 'x' }],
    observe: async (peers) => {
      const slow = await toxic(peers, { type: 'slow_close', attributes: { delay: FOREVER_MS } });
      const { client, server } = await peers.open();
      client.socket.end('x');
      await settle();
      const before = await seen(server);
      await slow.remove();
      await server.farewell;
      return [before, await seen(server)];
    },
  },
  {
    title: 'updating slow_close starts its delay anew',
    shows: { farewell: 'fin', text: 'x' },
    observe: async (peers) => {
      const slow = await toxic(peers, { type: 'slow_close', attributes: { delay: FOREVER_MS } });
      const { client, server } = await peers.open();
      client.socket.end('x');
      await settle();
      await slow.update({ ...slow.toJson(), attributes: { delay: 10 } });
      await server.farewell;
      return seen(server);
    },
  },
  {
    title: 'reset_peer that comes later ends links with a FIN',
    shows: { client: { farewell: 'fin' }, server: { farewell: 'fin', text: '' } },
    observe: async (peers) => {
      const ends = await peers.open();
      await toxic(peers, { type: 'reset_peer' });
      ends.client.socket.write('x');
      return bothLeft(ends);
    },
  },
  {
    title: 'removing reset_peer does not save a link that it has doomed',
    shows: { client: { farewell: 'reset' }, server: { farewell: 'reset', text: '' } },
    observe: async (peers) => {
      const cut = await toxic(peers, { type: 'reset_peer', attributes: { timeout: 150 } });
      const ends = await peers.open();
      ends.client.socket.write('x');
      await settle();
      await cut.remove();
      return bothLeft(ends);
    },
  },
  {
    title: 'removing bandwidth of zero releases everything and the end',
    shows: { farewell: 'fin', text: 'held' },
    observe: async (peers) => {
      const jam = await toxic(peers, { type: 'bandwidth' });
      const { client, server } = await peers.open();
      client.socket.end('held');
      await settle();
      await jam.remove();
      await server.farewell;
      return seen(server);
    },
  },
  {
    title: 'toxics that come and go keep a stream whole',
    shows: { farewell: 'fin' },
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
      await server.farewell;
      return seen(server);
    },
  },
];

/** Writes until no more is accepted: the reader has stalled, and all buffers between are full. */
async function flood({ socket }: Recorded): Promise<void> {
  const part = Buffer.alloc(1_000_000);
  let isTaken = true;
  while (isTaken)
    isTaken = socket.write(part) || (await Promise.race([once(socket, 'drain'), sleep(500)])) !== undefined;
}

const stalling: readonly ConformanceCase[] = [
  {
    title: 'a removal does not wait for a reader that has stalled',
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

/** All cases of changes under live links. */
export const changeCases: readonly ConformanceCase[] = [...holding, ...counting, ...closing, ...stalling];
