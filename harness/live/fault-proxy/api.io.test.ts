// Tests every endpoint, through the client library if it can express the case, and otherwise with plain fetch.
import { createServer } from 'node:net';
import { Toxiproxy } from 'toxiproxy-node-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InfrastructureError } from '../../platform/errors.ts';
import { boundAddress } from './bound-address.ts';
import { startFaultProxy, type FaultProxy } from './server.ts';

let server: FaultProxy;
let api: Toxiproxy;

beforeEach(async () => {
  server = await startFaultProxy();
  api = new Toxiproxy(server.url);
});

afterEach(() => server.close());

interface Reply {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

async function ask(method: string, path: string, body?: string): Promise<Reply> {
  const answer = await fetch(server.url + path, {
    method,
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}

function refusal(status: number, message: string): Reply {
  const text = `${JSON.stringify({ error: message, status })}\n`;
  return { status, type: 'text/plain; charset=utf-8', text };
}

/** The number of listening sockets of this process. */
function listeners(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
}

const idle = { name: 'idle', listen: 'localhost:4444', upstream: 'nowhere:1', enabled: false };

describe('HTTP of the API', () => {
  test('the API reports its version', async () => {
    expect(JSON.parse(await api.getVersion())).toEqual({ version: '2.12.0' });
  });

  test.each(['/', '/nope', '/proxies/', '/metrics', '/proxies/a%2Fb'])('the API has no %s', async (path) => {
    expect(await ask('GET', path)).toMatchObject({ status: 404, text: '404 page not found\n' });
  });

  test.each([
    ['PUT', '/proxies'],
    ['HEAD', '/version'],
    ['GET', '/reset'],
    ['OPTIONS', '/proxies/x/toxics/y'],
  ])('the API answers %s %s with 405 and no body', async (method, path) => {
    expect(await ask(method, path)).toEqual({ status: 405, type: null, text: '' });
  });

  test('the API redirects to the clean form of a path', async () => {
    const answer = await fetch(`${server.url}//version?x=1`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([301, '/version?x=1']);
  });

  test('the API refuses a target that is not percent-encoded', async () => {
    expect(await ask('GET', '/proxies/%zz')).toMatchObject({ status: 400, text: '400 Bad Request' });
  });

  test('the API refuses browsers', async () => {
    const answer = await fetch(`${server.url}/version`, { headers: { 'User-Agent': 'Mozilla/5.0' } });
    expect([answer.status, await answer.text()]).toEqual([403, 'User agent not allowed\n']);
  });

  test('the API gives each request an id', async () => {
    const answers = await Promise.all([fetch(`${server.url}/version`), fetch(`${server.url}/version`)]);
    const ids = new Set(answers.map((answer) => answer.headers.get('x-toxiproxy-request-id')));
    expect(ids.size).toBe(2);
    expect(ids.has(null)).toBe(false);
  });

  test('the API has metrics only on request', async () => {
    const metered = await startFaultProxy({ metrics: true });
    const answer = await fetch(`${metered.url}/metrics`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('promhttp_metric_handler_errors_total{cause="encoding"} 0');
    await metered.close();
  });

  test('the API names the port that is taken', async () => {
    const attempt = startFaultProxy({ port: server.port });
    await expect(attempt).rejects.toThrow(InfrastructureError);
    await expect(attempt).rejects.toThrow(String(server.port));
  });
});

describe('bodies', () => {
  test.each([
    ['', 'EOF'],
    ['{', 'unexpected EOF'],
    ['{"name": tru}', "invalid character '}' in literal true (expecting 'e')"],
    ['[]', 'json: cannot unmarshal array into Go value of type toxiproxy.Proxy'],
    ['{"name": 5}', 'json: cannot unmarshal number into Go struct field Proxy.name of type string'],
    ['{"enabled": "no"}', 'json: cannot unmarshal string into Go struct field Proxy.enabled of type bool'],
  ])('bodies of %s are refused', async (body, message) => {
    expect(await ask('POST', '/proxies', body)).toEqual(refusal(400, `bad request body: ${message}`));
  });

  test('bodies are accepted with keys in any case, repeated keys, unknown keys and text after the value', async () => {
    const body = '{"NAME":"x","name":"y","Upstream":"u","listen":null,"Enabled":false,"odd":[1,{}]} trailing';
    const answer = await ask('POST', '/proxies', body);
    expect(answer.status).toBe(201);
    expect(JSON.parse(answer.text)).toMatchObject({ name: 'y', upstream: 'u', listen: '', enabled: false });
  });
});

describe('proxies', () => {
  test('proxies are created enabled, and show their actual address', async () => {
    const proxy = await api.createProxy({ name: 'p', listen: 'localhost:0', upstream: 'nowhere:1' });
    expect(proxy).toMatchObject({ name: 'p', upstream: 'nowhere:1', enabled: true });
    expect(proxy.listen).toMatch(/^127\.0\.0\.1:[1-9]\d+$/);
  });

  test('proxies keep the text of their address while disabled', async () => {
    expect((await api.createProxy(idle)).listen).toBe('localhost:4444');
  });

  test('proxies answer with exactly these fields, in this order', async () => {
    expect((await ask('POST', '/proxies', JSON.stringify({ ...idle, toxics: [{ type: 'noop' }] }))).text).toBe(
      '{"name":"idle","listen":"localhost:4444","upstream":"nowhere:1","enabled":false,"Logger":{},"toxics":[]}',
    );
  });

  test('proxies are refused without a name, then without an upstream, then when the name is taken', async () => {
    await api.createProxy(idle);
    expect(await ask('POST', '/proxies', '{}')).toEqual(refusal(400, 'missing required field: name'));
    expect(await ask('POST', '/proxies', '{"name":"idle"}')).toEqual(refusal(400, 'missing required field: upstream'));
    expect(await ask('POST', '/proxies', JSON.stringify(idle))).toEqual(refusal(409, 'proxy already exists'));
  });

  test('proxies are not kept when they cannot listen', async () => {
    const taken = `127.0.0.1:${String(server.port)}`;
    expect(await ask('POST', '/proxies', JSON.stringify({ name: 'p', listen: taken, upstream: 'u' }))).toEqual(
      refusal(500, `listen tcp ${taken}: bind: address already in use`),
    );
    expect(await ask('GET', '/proxies/p')).toEqual(refusal(404, 'proxy not found'));
  });

  test('proxies are listed by name, with any name', async () => {
    const names = ['b', '7', '__proto__', 'a/b', 'a'];
    for (const name of names) await api.createProxy({ ...idle, name });
    const { text } = await ask('GET', '/proxies');
    expect([...text.matchAll(/\{"name":"([^"]+)"/g)].map(([, name]) => name)).toEqual(names.toSorted());
    expect(Object.keys(await api.getAll())).toContain('7');
  });

  test('proxies are shown with escapes for characters that could end a script element', async () => {
    const { text } = await ask('POST', '/proxies', JSON.stringify({ ...idle, name: '<&>\u2028' }));
    expect(text).toContain(String.raw`"name":"\u003c\u0026\u003e\u2028"`);
  });

  test('proxies change one request at a time, so that none leaves its port open', async () => {
    await api.createProxy(idle);
    // Resolving a name takes time, in which the next request could interfere.
    const move = JSON.stringify({ listen: 'localhost:0', enabled: true });
    const before = listeners();
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask('PATCH', '/proxies/idle', move)));
    const addresses = answers.map(({ text }) => /"listen":"([^"]+)"/.exec(text)?.[1] ?? '');
    expect(new Set(addresses).size).toBeGreaterThan(1);
    // Counts listeners instead of connecting: a freed port may already belong to another process.
    expect(listeners()).toBe(before + 1);
    await (await api.get('idle')).remove();
    expect(listeners()).toBe(before);
  });

  test('proxies are found under percent-encoded names', async () => {
    await api.createProxy({ ...idle, name: 'a b<%' });
    expect((await ask('GET', '/proxies/a%20b%3C%25')).status).toBe(200);
  });

  test.each(['POST', 'PATCH'])('proxies keep what a %s does not mention', async (method) => {
    await api.createProxy(idle);
    const answer = await ask(method, '/proxies/idle', '{"upstream":"other:2","name":"renamed"}');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ ...idle, upstream: 'other:2' });
  });

  test('proxies do not change when the new address is invalid', async () => {
    const { listen } = await api.createProxy({ name: 'p', listen: '127.0.0.1:0', upstream: 'u' });
    expect(await ask('PATCH', '/proxies/p', '{"listen":"zzz","upstream":"v"}')).toEqual(
      refusal(500, 'address zzz: missing port in address'),
    );
    expect(await api.get('p')).toMatchObject({ listen, upstream: 'u', enabled: true });
  });

  test('proxies are left disabled at the new address when they cannot listen there', async () => {
    await api.createProxy({ name: 'p', listen: '127.0.0.1:0', upstream: 'u' });
    const listen = `127.0.0.1:${String(server.port)}`;
    expect((await ask('PATCH', '/proxies/p', JSON.stringify({ listen }))).status).toBe(500);
    expect(await api.get('p')).toMatchObject({ listen, enabled: false });
  });

  test('proxies free their port when deleted', async () => {
    const proxy = await api.createProxy({ name: 'p', listen: '127.0.0.1:0', upstream: 'u' });
    await proxy.remove();
    expect((await ask('DELETE', '/proxies/p')).status).toBe(404);
    expect((await api.createProxy({ name: 'q', listen: proxy.listen, upstream: 'u' })).listen).toBe(proxy.listen);
  });
});

describe('populate', () => {
  const two = [
    { ...idle, name: 'one', listen: '127.0.0.1:0', enabled: true },
    { ...idle, name: 'two' },
  ];

  test('populate creates missing proxies, in order', async () => {
    expect(Object.keys(await api.populate(two))).toEqual(['one', 'two']);
  });

  test('populate keeps proxies with the same addresses, and replaces the others without their toxics', async () => {
    const { one } = await api.populate(two);
    const listen = one?.listen ?? '';
    await ask('POST', '/proxies/one/toxics', '{"type":"noop"}');
    await api.populate([{ ...idle, name: 'one', listen, enabled: false }]);
    expect(JSON.parse((await ask('GET', '/proxies/one')).text)).toMatchObject({ enabled: true, toxics: [{}] });
    await api.populate([{ ...idle, name: 'one', listen, upstream: 'other:1', enabled: false }]);
    expect(JSON.parse((await ask('GET', '/proxies/one')).text)).toMatchObject({ enabled: false, toxics: [] });
  });

  test('populate creates nothing when one lacks a field', async () => {
    const body = JSON.stringify([...two, { name: 'three' }]);
    expect(await ask('POST', '/populate', body)).toEqual({
      status: 400,
      type: 'application/json',
      text: '{"error":"missing required field: upstream at proxy 3","status":400,"proxies":null}',
    });
    expect(await api.getAll()).toEqual({});
  });

  test('populate keeps the proxies before one that fails', async () => {
    const body = JSON.stringify([two[1], { ...idle, listen: 'q', enabled: true }]);
    const answer = await ask('POST', '/populate', body);
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.text)).toMatchObject({
      error: 'listen tcp: address q: missing port in address',
      proxies: [{ name: 'two' }],
    });
    expect(Object.keys(await api.getAll())).toEqual(['two']);
  });

  test('populate answers null for an empty list', async () => {
    expect(await ask('POST', '/populate', '[]')).toMatchObject({ status: 201, text: '{"proxies":null}' });
  });
});

describe('reset', () => {
  test('reset starts disabled proxies and removes toxics', async () => {
    await api.createProxy({ ...idle, listen: '127.0.0.1:0' });
    await ask('POST', '/proxies/idle/toxics', '{"type":"noop"}');
    await api.reset();
    expect(JSON.parse((await ask('GET', '/proxies/idle')).text)).toMatchObject({ enabled: true, toxics: [] });
  });
});

describe('toxics', () => {
  beforeEach(async () => {
    await api.createProxy(idle);
  });

  const path = '/proxies/idle/toxics';

  test('toxics have defaults', async () => {
    expect(await ask('POST', path, '{"type":"latency"}')).toEqual({
      status: 200,
      type: 'application/json',
      text: '{"attributes":{"latency":0,"jitter":0},"name":"latency_downstream","type":"latency","stream":"downstream","toxicity":1}',
    });
  });

  test('toxics are refused for their stream, then their type, then their name, then their attributes', async () => {
    await ask('POST', path, '{"type":"noop","name":"n"}');
    const bad = { stream: 'sideways', type: 'down', name: 'n', attributes: { latency: 'x' } };
    expect(await ask('POST', path, JSON.stringify(bad))).toEqual(
      refusal(400, 'stream was invalid, can be either upstream or downstream'),
    );
    bad.stream = 'UPSTREAM';
    expect(await ask('POST', path, JSON.stringify(bad))).toEqual(refusal(400, 'invalid toxic type'));
    bad.type = 'latency';
    expect(await ask('POST', path, JSON.stringify(bad))).toEqual(refusal(409, 'toxic already exists'));
    bad.name = 'm';
    expect((await ask('POST', path, JSON.stringify(bad))).status).toBe(400);
    expect((await ask('POST', path, JSON.stringify({ ...bad, attributes: null }))).text).toContain(
      '"stream":"UPSTREAM"',
    );
  });

  test.each(['1.0', '1e3', '99999999999999999999', '"5"', 'true'])(
    'toxics are refused with the attribute %s',
    async (value) => {
      const answer = await ask('POST', path, `{"type":"latency","attributes":{"latency":${value}}}`);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('LatencyToxic.attributes.latency of type int64');
      expect((await ask('GET', path)).text).toBe('[]');
    },
  );

  test('toxics keep 64-bit attributes and single-precision toxicities exact', async () => {
    const body = '{"type":"limit_data","toxicity":0.123456789,"attributes":{"bytes":9223372036854775807}}';
    expect((await ask('POST', path, body)).text).toMatch(/"bytes":9223372036854775807.*"toxicity":0.12345679\}$/);
  });

  test('toxics are listed upstream first, each stream in order of addition', async () => {
    for (const [name, stream] of Object.entries({ a: 'downstream', b: 'upstream', c: 'downstream', d: 'upstream' })) {
      await ask('POST', path, JSON.stringify({ type: 'noop', name, stream }));
    }
    const { text } = await ask('GET', path);
    expect([...text.matchAll(/"name":"(\w)"/g)].map(([, name]) => name)).toEqual(['b', 'd', 'a', 'c']);
  });

  test.each(['POST', 'PATCH'])('toxics merge attributes and toxicity on %s, and nothing else', async (method) => {
    await ask('POST', path, '{"type":"latency","name":"l","attributes":{"latency":5,"jitter":6}}');
    const change = '{"name":"x","type":"noop","stream":"upstream","toxicity":0.5,"attributes":{"jitter":7}}';
    expect(JSON.parse((await ask(method, `${path}/l`, change)).text)).toEqual({
      name: 'l',
      type: 'latency',
      stream: 'downstream',
      toxicity: 0.5,
      attributes: { latency: 5, jitter: 7 },
    });
  });

  test('toxics disappear when deleted', async () => {
    await ask('POST', path, '{"type":"noop","name":"n"}');
    expect(await ask('DELETE', `${path}/n`)).toEqual({ status: 204, type: null, text: '' });
    expect(await ask('DELETE', `${path}/n`)).toEqual(refusal(404, 'toxic not found'));
    expect(await ask('GET', '/proxies/none/toxics/n')).toEqual(refusal(404, 'proxy not found'));
  });
});

test('the port of a stopped server can be used again', async () => {
  await server.close();
  const probe = createServer().listen(server.port, '127.0.0.1');
  await new Promise((resolve) => void probe.once('listening', resolve));
  expect(boundAddress(probe).port).toBe(server.port);
  await new Promise((resolve) => void probe.close(resolve));
  server = await startFaultProxy();
});
