// Cases of the HTTP API as a table: requests in order, with the status that each must get. Of both servers the whole answers are compared.
import { ask, type Asked } from './ask.ts';
import type { ConformanceCase } from './case.ts';

/** A request in a table: such as `"POST /proxies"`, the status that it must get, its body and its headers. */
type Row = readonly [request: string, status: number, body?: unknown, headers?: Readonly<Record<string, string>>];

/** A case that sends requests in order. */
export function requests(title: string, ...rows: readonly Row[]): ConformanceCase {
  return {
    title,
    shows: rows.map(([, status]) => ({ status })),
    observe: async ({ url }) => {
      const answers = [];
      for (const row of rows) answers.push(await ask(url, askedOf(row)));
      return answers;
    },
  };
}

function askedOf([text, , body, headers = {}]: Row): Asked {
  const [method = '', path = ''] = text.split(/ (.*)/s);
  const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return { method, path, headers, ...(sent === undefined ? {} : { body: sent }) };
}

const idle = { name: 'idle', listen: 'localhost:44444', upstream: 'nowhere:1', enabled: false };
const open = { name: 'open', listen: '127.0.0.1:0', upstream: 'nowhere:1' };
const noop = { type: 'noop', name: 'n' };
const create = (input: object): Row => ['POST /proxies', 201, input];
const toxic = (input: object, proxy = 'idle'): Row => [`POST /proxies/${proxy}/toxics`, 200, input];

const http: readonly ConformanceCase[] = [
  requests('the version', ['GET /version', 200]),
  requests('unknown paths', ['GET /', 404], ['GET /nope', 404], ['POST /', 404], ['GET /metrics', 404]),
  requests('trailing slashes', ['GET /proxies/', 404], ['GET /version/', 404], ['POST /reset/', 404]),
  requests('paths too deep', ['GET /proxies/wire/toxics/a/b', 404], ['GET /proxies/wire/other', 404]),
  requests('encoded slashes separate segments', ['GET /proxies/a%2Fb', 404], ['GET /proxies/wire%2Ftoxics', 200]),
  requests('paths that are not clean', ['GET //version', 301], ['GET /./version', 301], ['GET /a/../version?x=1', 301]),
  requests('a clean path with a query', ['GET /version?x=1&y', 200], ['GET /proxies/wire?', 200]),
  requests('paths in capitals', ['GET /Version', 404], ['GET /PROXIES', 404]),
  requests('wrong methods of /proxies', ['PUT /proxies', 405, '{}'], ['DELETE /proxies', 405], ['PATCH /proxies', 405]),
  requests('wrong methods of a proxy', ['PUT /proxies/wire', 405], ['OPTIONS /proxies/wire', 405]),
  requests('wrong methods of toxics', ['DELETE /proxies/wire/toxics', 405], ['PUT /proxies/wire/toxics/x', 405]),
  requests('wrong methods of other paths', ['GET /reset', 405], ['GET /populate', 405], ['POST /version', 405]),
  requests('HEAD', ['HEAD /version', 405], ['HEAD /proxies', 405], ['HEAD /nope', 404]),
  requests('wrong methods of missing proxies', ['PUT /proxies/none', 405], ['PUT /proxies/none/toxics/x', 405]),
  requests(
    'browsers',
    ['GET /version', 403, undefined, { 'User-Agent': 'Mozilla/5.0' }],
    ['GET /nope', 404, undefined, { 'User-Agent': 'Mozilla/5.0' }],
  ),
  requests(
    'agents that only look like browsers',
    ['GET /version', 200, undefined, { 'User-Agent': 'mozilla/5.0' }],
    ['GET /version', 200, undefined, { 'User-Agent': 'x Mozilla/5.0' }],
  ),
  requests('a body of another content type', ['POST /proxies', 201, idle, { 'Content-Type': 'text/plain' }]),
];

const proxies: readonly ConformanceCase[] = [
  requests('the list of proxies', ['GET /proxies', 200]),
  requests('a list of many proxies', create({ ...idle, name: 'b' }), create({ ...idle, name: 'a' }), [
    'GET /proxies',
    200,
  ]),
  requests('odd names in the list', ...['7', '__proto__', 'é', 'B', 'a/b'].map((name) => create({ ...idle, name })), [
    'GET /proxies',
    200,
  ]),
  requests('an enabled proxy', create(open), ['GET /proxies/open', 200]),
  requests('a disabled proxy keeps the text of its address', create(idle), ['GET /proxies/idle', 200]),
  requests('an enabled proxy at a host name', create({ ...open, listen: 'localhost:0' })),
  requests('an enabled proxy without an address', create({ name: 'open', upstream: 'x:1' }), [
    'GET /proxies/open',
    200,
  ]),
  requests(
    'an enabled proxy at every address',
    create({ ...open, listen: ':0' }),
    create({ ...open, name: 'o', listen: '0.0.0.0:0' }),
  ),
  requests('an enabled proxy at an IPv6 address', create({ ...open, listen: '[::1]:0' })),
  requests('a disabled proxy at an invalid address', create({ ...idle, listen: 'nonsense' }), [
    'GET /proxies/idle',
    200,
  ]),
  requests('toxics in a create body are ignored', create({ ...idle, toxics: [noop] }), [
    'GET /proxies/idle/toxics',
    200,
  ]),
  requests('a proxy without a name', ['POST /proxies', 400, {}], ['POST /proxies', 400, { ...idle, name: '' }]),
  requests(
    'a proxy without an upstream',
    ['POST /proxies', 400, { name: 'x' }],
    ['POST /proxies', 400, { name: 'x', upstream: null }],
  ),
  requests('a taken name', create(idle), ['POST /proxies', 409, { ...idle, listen: 'nonsense', enabled: true }]),
  requests(
    'an invalid listen address',
    ['POST /proxies', 500, { ...open, listen: 'nonsense' }],
    ['POST /proxies', 500, { ...open, listen: '127.0.0.1:99999' }],
  ),
  requests(
    'malformed listen addresses',
    ...['127.0.0.1:http-x', '[::1:0', 'a:b:c', '127.0.0.1', '[::1]'].map((listen): Row => [
      'POST /proxies',
      500,
      { ...open, listen },
    ]),
  ),
  requests(
    'a listen address of another machine',
    ['POST /proxies', 500, { ...open, listen: '192.0.2.1:0' }],
    ['GET /proxies/open', 404],
  ),
  requests('names that need escapes in JSON', create({ ...idle, name: '<&>"\\\u2028\n\t\u0001\u007f😀' }), [
    'GET /proxies',
    200,
  ]),
  requests('names that need escapes in paths', create({ ...idle, name: 'a b<%' }), ['GET /proxies/a%20b%3C%25', 200]),
  requests(
    'names that are not clean paths',
    create({ ...idle, name: '..' }),
    ['GET /proxies/..', 301],
    ['GET /proxies/%2e%2e', 301],
  ),
  requests(
    'unknown proxies',
    ['GET /proxies/none', 404],
    ['POST /proxies/none', 404, '{'],
    ['DELETE /proxies/none', 404],
  ),
  requests('an update by PATCH', create(idle), ['PATCH /proxies/idle', 200, { upstream: 'other:2' }]),
  requests('an update by POST', create(idle), ['POST /proxies/idle', 200, { listen: 'localhost:44445' }]),
  requests(
    'an update that changes nothing',
    create(idle),
    ['PATCH /proxies/idle', 200, '{}'],
    ['PATCH /proxies/idle', 200, 'null'],
  ),
  requests('an update of the name', create(idle), ['PATCH /proxies/idle', 200, { name: 'x' }], ['GET /proxies/x', 404]),
  requests('an update that enables', create({ ...idle, listen: '127.0.0.1:0' }), [
    'PATCH /proxies/idle',
    200,
    { enabled: true },
  ]),
  requests('an update that disables', create(open), ['PATCH /proxies/open', 200, { enabled: false }]),
  requests('an update to the same values', create(idle), ['PATCH /proxies/idle', 200, idle]),
  requests(
    'an update to an invalid address',
    create(open),
    ['PATCH /proxies/open', 500, { listen: 'zzz', upstream: 'v' }],
    ['GET /proxies/open', 200],
  ),
  requests(
    'an update to an address of another machine',
    create(open),
    ['PATCH /proxies/open', 500, { listen: '192.0.2.1:0' }],
    ['GET /proxies/open', 200],
  ),
  requests(
    'a deleted proxy',
    create(open),
    ['DELETE /proxies/open', 204],
    ['GET /proxies/open', 404],
    ['DELETE /proxies/open', 404],
  ),
];

const populate: readonly ConformanceCase[] = [
  requests('populate', ['POST /populate', 201, [idle, open]], ['GET /proxies', 200]),
  requests('populate with nothing', ['POST /populate', 201, '[]'], ['POST /populate', 201, 'null']),
  requests('populate with a nameless proxy', ['POST /populate', 400, [idle, { upstream: 'x' }]], ['GET /proxies', 200]),
  requests(
    'populate with a proxy without an upstream',
    ['POST /populate', 400, [idle, { name: 'x' }]],
    ['GET /proxies', 200],
  ),
  requests(
    'populate that fails midway',
    ['POST /populate', 500, [idle, { ...open, listen: 'q' }, { ...idle, name: 'z' }]],
    ['GET /proxies', 200],
  ),
  requests('populate with an unchanged proxy', create({ ...idle, listen: '127.0.0.1:44446' }), toxic(noop), [
    'POST /populate',
    201,
    [{ ...idle, listen: 'localhost:44446', enabled: true }],
  ]),
  requests('populate with a changed proxy', create(idle), toxic(noop), [
    'POST /populate',
    201,
    [{ ...idle, upstream: 'other:1' }],
  ]),
  requests('populate with a proxy at port 0', create(open), toxic(noop, 'open'), ['POST /populate', 201, [open]]),
  requests('populate with one proxy twice', ['POST /populate', 201, [idle, { ...idle, upstream: 'other:1' }]]),
  requests(
    'populate with an invalid address for an existing proxy',
    create(idle),
    ['POST /populate', 500, [{ ...idle, listen: 'q' }]],
    ['GET /proxies', 200],
  ),
];

const toxics: readonly ConformanceCase[] = [
  ...['latency', 'bandwidth', 'slow_close', 'timeout', 'reset_peer', 'slicer', 'limit_data', 'noop'].map((type) =>
    requests(`the defaults of ${type}`, create(idle), toxic({ type }), [
      `GET /proxies/idle/toxics/${type}_downstream`,
      200,
    ]),
  ),
  requests(
    'a toxic with all fields',
    create(idle),
    toxic({
      type: 'latency',
      name: 'x',
      stream: 'upstream',
      toxicity: 0.3,
      attributes: { latency: 5, jitter: 6, odd: 7 },
    }),
  ),
  requests('a stream in capitals', create(idle), toxic({ type: 'noop', stream: 'UpStream' })),
  requests('a bad stream is reported before a bad type', create(idle), [
    'POST /proxies/idle/toxics',
    400,
    { stream: 'sideways', type: 'x' },
  ]),
  requests(
    'a bad type is reported before a taken name',
    create(idle),
    toxic(noop),
    ['POST /proxies/idle/toxics', 400, { name: 'n', type: 'down' }],
    ['POST /proxies/idle/toxics', 400, { name: 'n' }],
  ),
  requests('a taken name is reported before bad attributes', create(idle), toxic(noop), [
    'POST /proxies/idle/toxics',
    409,
    { name: 'n', type: 'latency', stream: 'upstream', attributes: { latency: 'x' } },
  ]),
  requests('an empty stream', create(idle), ['POST /proxies/idle/toxics', 400, { type: 'noop', stream: '' }]),
  requests(
    'toxics are listed by stream and age',
    create(idle),
    ...['downstream', 'upstream', 'downstream', 'upstream'].map((stream, index) =>
      toxic({ type: 'noop', name: `t${String(index)}`, stream }),
    ),
    ['GET /proxies/idle/toxics', 200],
    ['GET /proxies/idle', 200],
  ),
  requests(
    'toxicities',
    create(idle),
    ...[0, 1, -1, 2, 0.1, 1e-7, 123456789, 1e21, 1.5e-45, 16777217].map((toxicity, index) =>
      toxic({ type: 'noop', name: `t${String(index)}`, toxicity }),
    ),
  ),
  requests(
    'large attributes',
    create(idle),
    toxic({ type: 'noop' }),
    ['POST /proxies/idle/toxics', 200, '{"type":"limit_data","attributes":{"bytes":9223372036854775807}}'],
    ['POST /proxies/idle/toxics', 200, '{"type":"latency","attributes":{"latency":-9223372036854775808}}'],
  ),
  requests(
    'an update of a toxic by PATCH',
    create(idle),
    toxic({ type: 'latency', name: 'l', attributes: { latency: 5, jitter: 6 } }),
    [
      'PATCH /proxies/idle/toxics/l',
      200,
      { name: 'x', type: 'noop', stream: 'upstream', toxicity: 0.5, attributes: { jitter: 7 } },
    ],
  ),
  requests('an update of a toxic by POST', create(idle), toxic({ type: 'latency', name: 'l' }), [
    'POST /proxies/idle/toxics/l',
    200,
    { attributes: { latency: 3 } },
  ]),
  requests(
    'an update of a toxic that changes nothing',
    create(idle),
    toxic({ type: 'latency', name: 'l', toxicity: 0.25 }),
    ['PATCH /proxies/idle/toxics/l', 200, '{}'],
    ['PATCH /proxies/idle/toxics/l', 200, 'null'],
    ['PATCH /proxies/idle/toxics/l', 200, { attributes: null, toxicity: null }],
  ),
  requests(
    'a deleted toxic',
    create(idle),
    toxic(noop),
    ['DELETE /proxies/idle/toxics/n', 204],
    ['GET /proxies/idle/toxics/n', 404],
    ['DELETE /proxies/idle/toxics/n', 404],
  ),
  requests(
    'unknown toxics',
    create(idle),
    ['GET /proxies/idle/toxics/n', 404],
    ['PATCH /proxies/idle/toxics/n', 404, '{'],
  ),
  requests(
    'toxics of unknown proxies',
    ['GET /proxies/none/toxics', 404],
    ['POST /proxies/none/toxics', 404, noop],
    ['GET /proxies/none/toxics/n', 404],
  ),
];

const reset: readonly ConformanceCase[] = [
  requests(
    'reset starts proxies and removes toxics',
    create({ ...idle, listen: '127.0.0.1:0' }),
    toxic(noop),
    ['POST /reset', 204],
    ['GET /proxies/idle', 200],
  ),
  requests('reset ignores its body', ['POST /reset', 204, 'nonsense']),
  requests(
    'reset fails with a proxy that cannot start',
    create({ ...idle, listen: '192.0.2.1:0' }),
    ['POST /reset', 500],
    ['GET /proxies/idle', 200],
  ),
];

/** All cases of routes, proxies and toxics over HTTP. */
export const apiCases: readonly ConformanceCase[] = [...http, ...proxies, ...populate, ...toxics, ...reset];
