// Tests toxics that are added, updated and removed while data flows: they release their data immediately, and no byte is lost or reordered.
import { once } from 'node:events';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addToxic, settle, startPeers, type Peers, type ToxicSpec } from './peers.fixture.ts';

const FOREVER_MS = 600_000;

let peers: Peers;

beforeEach(async () => {
  peers = await startPeers();
});

afterEach(() => peers.close());

describe('a change of toxics on a live link', () => {
  test('a change of toxics on a live link releases the current chunk and applies the new latency to later ones in an update', async () => {
    const toxic = await addToxic(peers.wire, { type: 'latency', attributes: { latency: FOREVER_MS } });
    const { client, server } = await peers.open();
    client.socket.write('a');
    await settle();
    client.socket.write('b');
    await settle();
    await toxic.update({ ...toxic.toJson(), attributes: { latency: FOREVER_MS } });
    await server.received(1);
    await settle();
    expect(server.text).toBe('a');
    await toxic.update({ ...toxic.toJson(), attributes: { latency: 1 } });
    expect((await server.received(2)).toString()).toBe('ab');
  });

  test('a change of toxics on a live link releases everything in order when a toxic is removed', async () => {
    const toxic = await addToxic(peers.wire, { type: 'latency', attributes: { latency: FOREVER_MS } });
    const { client, server } = await peers.open();
    for (const letter of 'abcde') {
      client.socket.write(letter);
      await new Promise(setImmediate);
    }
    client.socket.end('f');
    await settle();
    await toxic.remove();
    await server.ending;
    expect(server.text).toBe('abcdef');
  });

  test('a change of toxics on a live link passes the data of a removed toxic to the toxic behind it', async () => {
    const first = await addToxic(peers.wire, { type: 'latency', name: 'first', attributes: { latency: FOREVER_MS } });
    const second = await addToxic(peers.wire, { type: 'bandwidth', name: 'second', attributes: { rate: 0 } });
    const { client, server } = await peers.open();
    client.socket.write('held');
    await settle();
    await first.remove();
    await settle();
    expect(server.text).toBe('');
    await second.remove();
    expect((await server.received(4)).toString()).toBe('held');
  });

  test('a change of toxics on a live link releases the data of the last toxic past a toxic that is added behind it', async () => {
    await addToxic(peers.wire, { type: 'latency', attributes: { latency: FOREVER_MS } });
    const { client, server } = await peers.open();
    client.socket.write('a');
    await settle();
    await addToxic(peers.wire, { type: 'bandwidth', attributes: { rate: 0 } });
    expect((await server.received(1)).toString()).toBe('a');
  });

  test('a change of toxics on a live link delivers all released data to a slow reader before the end', async () => {
    const bytes = 20 * 1024 * 1024;
    const toxic = await addToxic(peers.wire, { type: 'latency', attributes: { latency: FOREVER_MS } });
    const { client, server } = await peers.open();
    server.socket.pause();
    client.socket.end(Buffer.alloc(bytes));
    // All data and the end fit into the queue of the toxic, so that the release is faster than the reader.
    await once(client.socket, 'finish');
    await settle();
    await toxic.remove();
    server.socket.resume();
    await server.ending;
    expect(server.bytes.length).toBe(bytes);
  });

  test('a change of toxics on a live link releases the data of a toxic when the toxic behind it is removed', async () => {
    await addToxic(peers.wire, { type: 'latency', attributes: { latency: FOREVER_MS } });
    const behind = await addToxic(peers.wire, { type: 'noop' });
    const { client, server } = await peers.open();
    client.socket.write('a');
    await settle();
    await behind.remove();
    expect((await server.received(1)).toString()).toBe('a');
  });

  test('a change of toxics on a live link closes it immediately when a slow_close toxic is removed while it waits', async () => {
    const toxic = await addToxic(peers.wire, { type: 'slow_close', attributes: { delay: FOREVER_MS } });
    const { client, server } = await peers.open();
    client.socket.end('x');
    await settle();
    expect(server.ended).toBe(false);
    await toxic.remove();
    expect(await server.ending).toBe('fin');
  });

  test('a change of toxics on a live link does not stop a reset that reset_peer has begun', async () => {
    const timeoutMs = 150;
    const toxic = await addToxic(peers.wire, { type: 'reset_peer', attributes: { timeout: timeoutMs } });
    const { client, server } = await peers.open();
    const startedAtMs = performance.now();
    client.socket.write('x');
    await settle();
    await toxic.remove();
    expect(await Promise.all([client.ending, server.ending])).toEqual(['reset', 'reset']);
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(timeoutMs);
    expect(server.text).toBe('');
  });

  test('a change of toxics on a live link by a reset of the server keeps the link open, but closes it under a timeout', async () => {
    await addToxic(peers.wire, { type: 'latency', attributes: { latency: FOREVER_MS } });
    const { client, server } = await peers.open();
    client.socket.write('a');
    await settle();
    await peers.api.reset();
    await server.received(1);
    client.socket.write('b');
    await server.received(2);
    await addToxic(peers.wire, { type: 'timeout', attributes: { timeout: 0 } });
    await peers.api.reset();
    expect(await client.ending).toBe('fin');
  });
});

// Toxics that delay and slice data but never drop it. Their times are short, so that many interleavings happen in one run.
const harmless: fc.Arbitrary<ToxicSpec> = fc.oneof(
  fc.record({ latency: fc.nat(15), jitter: fc.nat(10) }).map((attributes) => ({ type: 'latency', attributes })),
  fc.constant({ type: 'noop' }),
  fc.integer({ min: 500, max: 5000 }).map((rate) => ({ type: 'bandwidth', attributes: { rate } })),
  fc
    .record({ average_size: fc.integer({ min: 50, max: 5000 }), size_variation: fc.nat(49), delay: fc.nat(200) })
    .map((attributes) => ({ type: 'slicer', attributes })),
  fc.nat(30).map((delay) => ({ type: 'slow_close', attributes: { delay } })),
);

const change = fc.record({
  action: fc.constantFrom('add', 'add', 'remove', 'update'),
  pick: fc.nat(),
  toxic: harmless,
  toxicity: fc.constantFrom(1, 1, 0.5),
  bytes: fc.integer({ min: 1, max: 60_000 }),
});

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** Applies one change to the list of present toxics. */
async function apply(step: Change, present: Awaited<ReturnType<typeof addToxic>>[], name: string): Promise<void> {
  const index = step.pick % Math.max(1, present.length);
  const chosen = present[index];
  if (step.action === 'add' || chosen === undefined) {
    present.push(await addToxic(peers.wire, { ...step.toxic, name, toxicity: step.toxicity }));
  } else if (step.action === 'remove') {
    present.splice(index, 1);
    await chosen.remove();
  } else {
    await chosen.update({ ...chosen.toJson(), toxicity: step.toxicity });
  }
}

function numbered(bytes: number, from: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: bytes }, (_, index) => (from + index) % 251));
}

describe('any sequence of harmless toxics', () => {
  test('any sequence of harmless toxics neither loses nor reorders a byte, and the end comes last', async () => {
    let serial = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (steps) => {
        const { client, server } = await peers.open();
        const present: Awaited<ReturnType<typeof addToxic>>[] = [];
        let sent = 0;
        for (const step of steps) {
          client.socket.write(numbered(step.bytes, sent));
          sent += step.bytes;
          serial += 1;
          await apply(step, present, `toxic-${String(serial)}`);
        }
        client.socket.end();
        await server.ending;
        expect(server.bytes.length).toBe(sent);
        expect(server.bytes.equals(numbered(sent, 0))).toBe(true);
        for (const toxic of present) await toxic.remove();
      }),
      { numRuns: 40 },
    );
  });
});
