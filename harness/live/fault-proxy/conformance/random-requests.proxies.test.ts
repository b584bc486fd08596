// Sends the same random requests to both servers: they must give the same answers, and have the same proxies in the end.
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { findRealServer, startRealServer } from '../real-server.ts';
import { startFaultProxyThread } from '../threaded.ts';
import { ask, type Asked } from './ask.ts';

const real = await findRealServer();

const request = (
  methods: readonly string[],
  path: fc.Arbitrary<string>,
  body: fc.Arbitrary<object>,
): fc.Arbitrary<Asked> =>
  fc.record({ method: fc.constantFrom(...methods), path, body: body.map((fields) => JSON.stringify(fields)) });

const name = fc.constantFrom('a', 'b');
const upstream = fc.constantFrom('127.0.0.1:1', 'x:1');
// There is no disabled proxy at a bad address: a reset would fail at it, and the real server resets proxies in a random order.
const proxy = fc.oneof(
  fc.record(
    { name, listen: fc.constantFrom('127.0.0.1:0', 'localhost:0', ''), upstream, enabled: fc.boolean() },
    { requiredKeys: [] },
  ),
  fc.record({ name, listen: fc.constantFrom('127.0.0.1:99999', 'nonsense'), upstream }, { requiredKeys: ['listen'] }),
);
const integer = fc.integer({ min: 1, max: 1_000 });
const toxic = fc.record(
  {
    name: fc.constantFrom('t', 'u'),
    type: fc.constantFrom('latency', 'timeout', 'limit_data', 'noop', 'down'),
    stream: fc.constantFrom('upstream', 'downstream', 'Upstream', 'sideways'),
    toxicity: fc.constantFrom(0, 0.5, 1, 2),
    attributes: fc.record(
      { latency: integer, jitter: integer, timeout: integer, bytes: integer },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['type'] },
);
const toxicName = fc.constantFrom('t', 'u', 'latency_downstream', 'timeout_upstream');
const at = (first: fc.Arbitrary<string>) => first.map((part) => `/proxies/${part}`);
const toxicAt = fc.tuple(name, toxicName).map(([first, second]) => `/proxies/${first}/toxics/${second}`);
const requests = fc.oneof(
  { weight: 3, arbitrary: request(['POST'], fc.constant('/proxies'), proxy) },
  {
    weight: 3,
    arbitrary: request(
      ['POST'],
      at(name).map((path) => `${path}/toxics`),
      toxic,
    ),
  },
  { weight: 3, arbitrary: request(['PATCH', 'POST', 'GET', 'DELETE'], at(name), proxy) },
  { weight: 3, arbitrary: request(['PATCH', 'POST', 'GET', 'DELETE'], toxicAt, toxic) },
  request(['POST'], fc.constant('/populate'), fc.array(proxy, { maxLength: 3 })),
  request(['POST'], fc.constant('/reset'), fc.constant({})),
);

describe.skipIf(real.binary === undefined)('any sequence of requests', async () => {
  const servers =
    real.binary === undefined ? [] : await Promise.all([startRealServer(real.binary), startFaultProxyThread()]);
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  async function answersOf(url: string, asked: readonly Asked[]) {
    const answers = [];
    for (const each of asked) answers.push(await ask(url, each));
    answers.push(await ask(url, { method: 'GET', path: '/proxies' }));
    for (const each of ['a', 'b']) await ask(url, { method: 'DELETE', path: `/proxies/${each}` });
    return answers;
  }

  test('any sequence of requests gets the same answers from both servers', async () => {
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.array(requests, { minLength: 1, maxLength: 30, size: 'max' }), async (asked) => {
        const [original, ours] = await Promise.all(servers.map(({ url }) => answersOf(url, asked)));
        for (const { status } of original ?? []) statuses.add(status);
        expect(ours).toEqual(original);
      }),
      { numRuns: 200 },
    );
    // The test proves something only if every kind of answer occurred.
    expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 204, 400, 404, 409, 500]));
  });
});
