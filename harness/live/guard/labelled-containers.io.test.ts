// What the guard requests from an engine. Here a server with lists of containers plays the engine.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type EngineAddress, removeContainers } from './labelled-containers.ts';

const LABEL = 'onesend.run=1';
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface Played {
  readonly engine: EngineAddress;
  readonly asked: string[];
}

/** `lists` are the answers to one listing after the other; the last one also answers all later listings. */
async function playEngine(lists: readonly string[][], deleteStatus = 204): Promise<Played> {
  const asked: string[] = [];
  let listed = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://engine');
    if (request.method === 'GET') {
      asked.push(url.searchParams.get('filters') ?? '');
      const ids = lists[Math.min(listed++, lists.length - 1)] ?? [];
      response.end(JSON.stringify(ids.map((Id) => ({ Id }))));
      return;
    }
    asked.push(`${request.method} ${url.pathname}${url.search}`);
    response.writeHead(deleteStatus).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { engine: { host: '127.0.0.1', port }, asked };
}

const LISTING = JSON.stringify({ label: [LABEL] });
const removal = (id: string): string => `DELETE /containers/${id}?force=true&v=true`;

describe('the containers with the label', () => {
  test('the containers with the label are removed by force, with their volumes', async () => {
    const { engine, asked } = await playEngine([['a', 'b'], []]);
    expect(await removeContainers({ engine, label: LABEL })).toBeUndefined();
    expect(asked).toEqual([LISTING, removal('a'), removal('b'), LISTING]);
  });

  test('the containers with the label are listed again, to find one that the engine was making when the rig died', async () => {
    const { engine, asked } = await playEngine([[], ['late'], []]);
    expect(await removeContainers({ engine, label: LABEL })).toBeUndefined();
    expect(asked).toEqual([LISTING, LISTING, removal('late'), LISTING]);
  });

  test.for([404, 409])('the containers with the label count as removed when the engine answers %i', async (status) => {
    const { engine } = await playEngine([['a'], []], status);
    expect(await removeContainers({ engine, label: LABEL })).toBeUndefined();
  });

  test('the containers with the label are reported when they stay', async () => {
    const { engine } = await playEngine([['a']]);
    expect(await removeContainers({ engine, label: LABEL })).toBe(`containers with the label ${LABEL} are still there`);
  });

  test('the containers with the label are reported when the engine refuses or does not answer', async () => {
    const { engine } = await playEngine([['a']], 500);
    expect(await removeContainers({ engine, label: LABEL })).toMatch(
      /may be there: the engine answered DELETE .* 500$/,
    );
    expect(await removeContainers({ engine: { socketPath: '/nonexistent' }, label: LABEL })).toMatch(
      /may be there: .+/,
    );
  });
});
