// Tests every toxic on real sockets. Delays have a lower bound only: on a busy machine a toxic may be late, but never early.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Proxy } from 'toxiproxy-node-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addToxic, settle, startPeers, type Ends, type Peers } from './peers.fixture.ts';

let peers: Peers;

beforeEach(async () => {
  peers = await startPeers();
});

afterEach(() => peers.close());

type Stream = 'upstream' | 'downstream';

function add(type: string, attributes: Record<string, number>, stream: Stream = 'upstream') {
  return addToxic(peers.wire, { type, attributes, stream });
}

/** The sending and the receiving end of one direction. */
function along(ends: Ends, stream: Stream) {
  return stream === 'upstream' ? { from: ends.client, to: ends.server } : { from: ends.server, to: ends.client };
}

async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}

async function setEnabled(wire: Proxy, enabled: boolean) {
  await wire.update({ enabled, listen: wire.listen, upstream: wire.upstream });
}

describe.each<Stream>(['upstream', 'downstream'])('toxics on the %s stream', (stream) => {
  test('a noop toxic passes data and the close', async () => {
    await add('noop', {}, stream);
    const { from, to } = along(await peers.open(), stream);
    from.socket.end('data');
    expect(await to.ending).toBe('fin');
    expect(to.text).toBe('data');
  });

  test('a latency toxic delays data by at least its value', async () => {
    await add('latency', { latency: 80 }, stream);
    const { from, to } = along(await peers.open(), stream);
    expect(await elapsedMs(async () => (from.socket.write('x'), to.received(1)))).toBeGreaterThanOrEqual(80);
  });

  test('a bandwidth toxic passes data no faster than its rate', async () => {
    await add('bandwidth', { rate: 100 }, stream);
    const { from, to } = along(await peers.open(), stream);
    const bytes = 25_000;
    const takenMs = await elapsedMs(async () => (from.socket.write(Buffer.alloc(bytes)), to.received(bytes)));
    expect(takenMs).toBeGreaterThanOrEqual(249);
  });

  test('a slow_close toxic delays the close and not the data', async () => {
    await add('slow_close', { delay: 100 }, stream);
    const { from, to } = along(await peers.open(), stream);
    const takenMs = await elapsedMs(async () => {
      from.socket.end('x');
      await to.received(1);
      expect(to.ended).toBe(false);
      await to.ending;
    });
    expect(takenMs).toBeGreaterThanOrEqual(100);
  });

  test('a timeout toxic drops data and closes both sides', async () => {
    await add('timeout', { timeout: 100 }, stream);
    const { from, to } = along(await peers.open(), stream);
    const takenMs = await elapsedMs(async () => {
      from.socket.write('x');
      await Promise.all([from.ending, to.ending]);
    });
    expect(takenMs).toBeGreaterThanOrEqual(99);
    expect(to.text).toBe('');
  });

  test('a reset_peer toxic resets both sides after its delay', async () => {
    await add('reset_peer', { timeout: 60 }, stream);
    const { from, to } = along(await peers.open(), stream);
    const takenMs = await elapsedMs(async () => {
      from.socket.write('x');
      expect(await Promise.all([from.ending, to.ending])).toEqual(['reset', 'reset']);
    });
    expect(takenMs).toBeGreaterThanOrEqual(60);
    expect(to.text).toBe('');
  });

  test('a slicer toxic cuts data into pieces and keeps the bytes', async () => {
    await add('slicer', { average_size: 100, size_variation: 0, delay: 2000 }, stream);
    const { from, to } = along(await peers.open(), stream);
    const data = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));
    from.socket.write(data);
    expect((await to.received(1000)).equals(data)).toBe(true);
    expect(to.chunks.length).toBeGreaterThan(1);
  });

  test('a limit_data toxic closes the connection after exactly its number of bytes', async () => {
    await add('limit_data', { bytes: 10 }, stream);
    const { from, to } = along(await peers.open(), stream);
    from.socket.write('123456');
    await to.received(6);
    from.socket.write('7890abc');
    expect(await to.ending).toBe('fin');
    expect(to.text).toBe('1234567890');
  });
});

describe('latency', () => {
  test('latency overlaps the delays of chunks instead of adding them up', async () => {
    const latencyMs = 200;
    const chunks = 40;
    await add('latency', { latency: latencyMs });
    const { client, server } = await peers.open();
    const takenMs = await elapsedMs(async () => {
      for (let sent = 0; sent < chunks; sent += 1) {
        client.socket.write('x');
        await sleep(10);
      }
      await server.received(chunks);
    });
    expect(takenMs).toBeGreaterThanOrEqual(latencyMs);
    expect(takenMs).toBeLessThan((latencyMs * chunks) / 2);
  });

  test('latency delivers data in flight after the server has closed its side', async () => {
    await add('latency', { latency: 100 });
    const { client, server } = await peers.open();
    client.socket.write('late');
    await settle();
    server.socket.end();
    await server.ending;
    expect(server.text).toBe('late');
  });

  test('latency passes an end only after the data before it', async () => {
    await add('latency', { latency: 80 });
    const { client, server } = await peers.open();
    client.socket.end('x');
    await settle();
    expect(server.ended).toBe(false);
    expect(await server.ending).toBe('fin');
    expect(server.text).toBe('x');
  });

  test('latency passes an end without data immediately', async () => {
    await add('latency', { latency: 600_000 });
    const { client, server } = await peers.open();
    client.socket.end();
    expect(await server.ending).toBe('fin');
  });

  test('latency delivers replies in flight after the client has closed its side', async () => {
    await add('latency', { latency: 100 }, 'downstream');
    const { client, server } = await peers.open();
    server.socket.write('reply');
    await settle();
    client.socket.end();
    expect(await client.ending).toBe('fin');
    expect(client.text).toBe('reply');
  });
});

describe('bandwidth', () => {
  test('bandwidth of zero holds data until it is removed', async () => {
    const toxic = await add('bandwidth', { rate: 0 });
    const { client, server } = await peers.open();
    client.socket.write('held');
    await settle();
    expect(server.text).toBe('');
    await toxic.remove();
    expect((await server.received(4)).toString()).toBe('held');
  });

  test('bandwidth of a negative rate holds data too, instead of crashing', async () => {
    await add('bandwidth', { rate: -1 });
    const { client, server } = await peers.open();
    client.socket.write('held');
    await settle();
    expect(server.text).toBe('');
  });
});

describe('timeout', () => {
  test('timeout of zero keeps the connection open, and closes it when it is removed', async () => {
    const toxic = await add('timeout', { timeout: 0 });
    const { client, server } = await peers.open();
    client.socket.write('lost');
    await settle();
    expect(client.ended).toBe(false);
    await toxic.remove();
    expect(await Promise.all([client.ending, server.ending])).toEqual(['fin', 'fin']);
    expect(server.text).toBe('');
  });

  test('timeout starts over with every chunk', async () => {
    // Much longer than the pauses between the chunks, also if this thread is late.
    await add('timeout', { timeout: 1_000 });
    const { client } = await peers.open();
    const takenMs = await elapsedMs(async () => {
      await settle();
      client.socket.write('x');
      await settle();
      client.socket.write('x');
      await client.ending;
    });
    expect(takenMs).toBeGreaterThanOrEqual(1_115);
  });
});

describe('reset_peer', () => {
  test('reset_peer resets on an end as well as on data', async () => {
    await add('reset_peer', { timeout: 0 });
    const { client, server } = await peers.open();
    client.socket.end();
    expect(await server.ending).toBe('reset');
  });

  test('reset_peer ends links that were opened before it was added with a FIN', async () => {
    const { client, server } = await peers.open();
    await add('reset_peer', { timeout: 0 });
    client.socket.write('x');
    expect(await Promise.all([client.ending, server.ending])).toEqual(['fin', 'fin']);
    expect(server.text).toBe('');
  });
});

describe('limit_data', () => {
  test('limit_data counts from when it was added, and keeps its count when it is updated', async () => {
    const { client, server } = await peers.open();
    client.socket.write('before');
    await server.received(6);
    const toxic = await add('limit_data', { bytes: 100 });
    client.socket.write('four');
    await server.received(10);
    await toxic.update({ ...toxic.toJson(), attributes: { bytes: 6 } });
    client.socket.write('five!');
    await server.ending;
    expect(server.text).toBe('beforefourfi');
  });

  test('limit_data of zero closes on the first byte', async () => {
    await add('limit_data', { bytes: 0 });
    const { client, server } = await peers.open();
    await settle();
    expect(server.ended).toBe(false);
    client.socket.write('x');
    expect(await server.ending).toBe('fin');
    expect(server.text).toBe('');
  });
});

describe('slicer', () => {
  test('slicer passes data with sizes for which the halving would never end', async () => {
    await add('slicer', { average_size: 0, size_variation: 50, delay: 0 });
    const { client, server } = await peers.open();
    client.socket.write('0123456789');
    expect((await server.received(10)).toString()).toBe('0123456789');
  });
});

describe('toxicity', () => {
  test.each([
    { toxicity: 0, acts: false },
    { toxicity: 1, acts: true },
  ])('a toxicity of $toxicity gives every link the same outcome', async ({ toxicity, acts }) => {
    await addToxic(peers.wire, {
      name: 'cut',
      type: 'limit_data',
      stream: 'upstream',
      toxicity,
      attributes: { bytes: 0 },
    });
    const { client, server } = await peers.open();
    client.socket.write('x');
    if (acts) await server.ending;
    else await server.received(1);
    expect(server.text).toBe(acts ? '' : 'x');
  });

  test('a toxicity between 0 and 1 is drawn once per link, not once per chunk', async () => {
    await addToxic(peers.wire, {
      name: 'mute',
      type: 'timeout',
      stream: 'upstream',
      toxicity: 0.5,
      attributes: { timeout: 0 },
    });
    const links = await Promise.all(Array.from({ length: 30 }, () => peers.open()));
    for (let round = 0; round < 3; round += 1) {
      for (const { client } of links) client.socket.write('x');
      await settle();
    }
    // A link that has passed one chunk passes all; the last ones may still be on their way.
    await Promise.all(links.flatMap(({ server }) => (server.text === '' ? [] : [server.received(3)])));
    const texts = links.map(({ server }) => server.text);
    expect(new Set(texts)).toEqual(new Set(['', 'xxx']));
  });
});

describe('a disabled proxy', () => {
  test('a disabled proxy destroys live links, refuses new ones and keeps its toxics', async () => {
    await add('latency', { latency: 0 });
    const { client, server } = await peers.open();
    await setEnabled(peers.wire, false);
    expect(await Promise.all([client.ending, server.ending])).toEqual(['fin', 'fin']);
    expect(await (await fetch(`${peers.url}/proxies/wire/toxics`)).json()).toHaveLength(1);
    await setEnabled(peers.wire, true);
    const again = await peers.open();
    again.client.socket.write('x');
    await again.server.received(1);
  });

  test('a disabled proxy discards data in flight', async () => {
    await add('latency', { latency: 600_000 });
    const { client, server } = await peers.open();
    client.socket.write('x');
    await settle();
    await setEnabled(peers.wire, false);
    await server.ending;
    expect(server.text).toBe('');
  });
});
