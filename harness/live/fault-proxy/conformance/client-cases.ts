// Cases of toxiproxy-node-client: which results and errors its users get from either server, and what /metrics counts.
import { type Proxy, Toxiproxy, ToxiproxyError } from 'toxiproxy-node-client';
import { addToxic, settle, type Peers, type ToxicSpec } from '../peers.fixture.ts';
import { withoutPorts, type ConformanceCase } from './case.ts';

const idle = { name: 'idle', listen: 'localhost:4444', upstream: 'nowhere:1', enabled: false };

/** The result of a call as plain data: its value or its error. */
async function outcome(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return JSON.parse(withoutPorts(JSON.stringify({ value: plain(await work()) })));
  } catch (error) {
    if (!(error instanceof Error)) return 'something else was thrown';
    return { error: error.name, isToxiproxyError: error instanceof ToxiproxyError, message: error.message };
  }
}

/** Replaces proxies and toxics in a value by their JSON. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('toJson' in value && typeof value.toJson === 'function') return value.toJson();
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}

function call(title: string, shows: unknown, work: (peers: Peers) => Promise<unknown>): ConformanceCase {
  return { title: `the client: ${title}`, shows, observe: (peers) => outcome(() => work(peers)) };
}

const failed = (status: number) => ({
  error: 'Error',
  isToxiproxyError: true,
  message: `Request failed with status code ${String(status)}`,
});
const noop: ToxicSpec = { name: 'n', type: 'noop' };
const slow: ToxicSpec = { name: 's', type: 'latency', attributes: { latency: 5, jitter: 6 } };

const proxies: readonly ConformanceCase[] = [
  call('getVersion', { value: '{"version": "2.12.0"}\n' }, ({ api }) => api.getVersion()),
  call('createProxy', { value: idle }, ({ api }) => api.createProxy(idle)),
  call('createProxy, enabled', { value: { enabled: true } }, ({ api }) =>
    api.createProxy({ name: 'p', listen: 'localhost:0', upstream: 'x:1' }),
  ),
  call('createProxy of a taken name', failed(409), ({ api }) => api.createProxy({ ...idle, name: 'wire' })),
  call('createProxy without a name', failed(400), ({ api }) => api.createProxy({ ...idle, name: '' })),
  call('createProxy at a bad address', failed(500), ({ api }) =>
    api.createProxy({ ...idle, listen: 'bad', enabled: true }),
  ),
  call('get', { value: { name: 'wire', enabled: true } }, ({ api }) => api.get('wire')),
  call('get of a missing proxy', failed(404), ({ api }) => api.get('none')),
  call('get of a name with a slash', failed(404), async ({ api }) => {
    await api.createProxy({ ...idle, name: 'a/b' });
    return api.get('a/b');
  }),
  call('get of a name with a space', { value: { name: 'a b' } }, async ({ api }) => {
    await api.createProxy({ ...idle, name: 'a b' });
    return api.get('a b');
  }),
  call('get of a name with a percent sign', failed(400), async ({ api }) => {
    await api.createProxy({ ...idle, name: '50%' });
    return api.get('50%');
  }),
  call('getAll', { value: { wire: { name: 'wire' }, idle } }, async ({ api }) => {
    await api.createProxy(idle);
    return api.getAll();
  }),
  call('populate', { value: { idle, other: {} } }, ({ api }) =>
    api.populate([idle, { name: 'other', listen: '127.0.0.1:0', upstream: 'x:1' }]),
  ),
  call('populate with nothing', { error: 'TypeError', isToxiproxyError: false }, ({ api }) => api.populate([])),
  call('populate with a nameless proxy', failed(400), ({ api }) => api.populate([{ ...idle, name: '' }])),
  call('update', { value: { enabled: false } }, ({ wire }) =>
    wire.update({ enabled: false, listen: wire.listen, upstream: wire.upstream }),
  ),
  call('update of a removed proxy', failed(404), async ({ wire }) => {
    await wire.remove();
    return wire.update({ enabled: false, listen: wire.listen, upstream: wire.upstream });
  }),
  call('remove', { value: {} }, async ({ wire, api }) => {
    await wire.remove();
    return api.getAll();
  }),
  call('remove twice', failed(404), async ({ wire }) => {
    await wire.remove();
    return wire.remove();
  }),
  call('reset', { value: { enabled: true } }, async ({ wire, api }) => {
    await addToxic(wire, noop);
    await wire.update({ enabled: false, listen: wire.listen, upstream: wire.upstream });
    await api.reset();
    return api.get('wire');
  }),
  call('getVersion of a stopped server', { error: 'TypeError', isToxiproxyError: true, message: 'fetch failed' }, () =>
    new Toxiproxy('http://127.0.0.1:1').getVersion(),
  ),
];

/** The toxics that the client library knows, with their attributes. */
const TYPES: readonly ToxicSpec[] = [
  { type: 'latency', attributes: { latency: 1, jitter: 2 } },
  { type: 'bandwidth', attributes: { rate: 3 } },
  { type: 'slow_close', attributes: { delay: 4 } },
  { type: 'timeout', attributes: { timeout: 5 } },
  { type: 'slicer', attributes: { average_size: 6, size_variation: 2, delay: 7 } },
  { type: 'limit_data', attributes: { bytes: 8 } },
  { type: 'reset_peer', attributes: { timeout: 9 } },
];

const again = async (wire: Proxy, spec: ToxicSpec) => {
  await addToxic(wire, spec);
  return addToxic(wire, spec);
};

const toxics: readonly ConformanceCase[] = [
  ...TYPES.map((spec) =>
    call(`addToxic and getToxic of ${spec.type}`, { value: spec }, async ({ wire }) => {
      const { name } = await addToxic(wire, { ...spec, toxicity: 0.5, stream: 'downstream' });
      return wire.getToxic(name);
    }),
  ),
  call('addToxic of a taken name', failed(409), ({ wire }) => again(wire, noop)),
  call('addToxic of type down', failed(400), ({ wire }) => addToxic(wire, { type: 'down' })),
  call('addToxic with a fraction', failed(400), ({ wire }) =>
    addToxic(wire, { type: 'latency', attributes: { latency: 1.5 } }),
  ),
  call('addToxic to a removed proxy', failed(404), async ({ wire }) => {
    await wire.remove();
    return addToxic(wire, noop);
  }),
  call('getToxic of a missing toxic', failed(404), ({ wire }) => wire.getToxic('none')),
  call(
    'update of a toxic',
    { value: { name: 's', toxicity: 0.25, attributes: { latency: 5, jitter: 9 } } },
    async ({ wire }) => {
      const added = await addToxic(wire, slow);
      return added.update({ ...added.toJson(), toxicity: 0.25, attributes: { jitter: 9 } });
    },
  ),
  call('update of a removed toxic', failed(404), async ({ wire }) => {
    const added = await addToxic(wire, slow);
    await added.remove();
    return added.update(added.toJson());
  }),
  call('remove of a toxic twice', failed(404), async ({ wire }) => {
    const added = await addToxic(wire, slow);
    await added.remove();
    return added.remove();
  }),
];

/** The lines of /metrics after a link has ended. */
async function metricsAfter({ url, open }: Peers, bytes: number) {
  const { client, server } = await open();
  client.socket.write(Buffer.alloc(bytes));
  await server.received(bytes);
  server.socket.end('abc');
  await client.ending;
  await settle();
  const answer = await fetch(`${url}/metrics`);
  return { type: answer.headers.get('content-type'), lines: withoutPorts(await answer.text()).split('\n') };
}

const metrics: readonly ConformanceCase[] = [
  {
    title: 'metrics before any link',
    metrics: true,
    shows: { status: 200 },
    observe: async ({ url }) => {
      const answer = await fetch(`${url}/metrics`, { method: 'POST' });
      return { status: answer.status, text: withoutPorts(await answer.text()) };
    },
  },
  { title: 'metrics of a link', metrics: true, shows: {}, observe: (peers) => metricsAfter(peers, 7) },
  { title: 'metrics of many bytes', metrics: true, shows: {}, observe: (peers) => metricsAfter(peers, 12_345_678) },
];

/** All cases of the client library and of /metrics. */
export const clientCases: readonly ConformanceCase[] = [...proxies, ...toxics, ...metrics];
