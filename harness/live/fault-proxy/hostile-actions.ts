// Actions of a malicious or faulty client of the fault proxy, as arbitraries of fast-check: requests of all kinds, bytes that are no
// request, and connections that are used and broken. All traffic stays on the loopback: no text here is a host name of another machine.
import * as fc from 'fast-check';
import { toxicKinds } from './toxics/registry.ts';

/** One action of the client. */
export type HostileAction =
  | { readonly kind: 'request'; readonly method: string; readonly path: string; readonly body: string }
  | { readonly kind: 'bytes'; readonly text: string }
  | {
      readonly kind: 'link';
      readonly pick: number;
      readonly bytes: number;
      readonly ending: 'end' | 'reset' | 'leave';
    };

/** A placeholder in bodies for the address of a server that listens. */
export const UPSTREAM = '@upstream';

const names = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c') },
  fc.constantFrom('a/b', '50%', '..', '%2f', '__proto__', 'constructor', '', ' ', 'é\u2028😀', 'x'.repeat(5_000)),
  fc.string({ unit: 'binary' }),
);
const addresses = fc.oneof(
  { weight: 4, arbitrary: fc.constant('127.0.0.1:0') },
  fc.constantFrom('[::1]:0', '127.0.0.1:99999', '127.0.0.1:-1', 'nonsense', '[', '', '127.0.0.1', ':', '::::'),
);
const upstreams = fc.oneof(
  { weight: 4, arbitrary: fc.constant(UPSTREAM) },
  fc.constantFrom('127.0.0.1:1', 'nonsense', '[::1]:1', ':1', '[', '127.0.0.1:99999'),
);

/** JSON texts that are troublesome values. */
const values = fc.oneof(
  fc.constantFrom('null', 'true', '-0', '1.5', '1e999', '-1e400', '[]', '{}', '""', '9223372036854775808', '1e-400'),
  fc.nat({ max: 400 }).map((digits) => '9'.repeat(digits + 1)),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String),
  fc.json(),
  fc.nat({ max: 20_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
);
const quoted = (texts: fc.Arbitrary<string>) => texts.map((text) => JSON.stringify(text));
const perhaps = (usual: fc.Arbitrary<string>) => fc.oneof({ weight: 9, arbitrary: usual }, values);
const key = (name: string) => fc.constantFrom(name, name, name, name.toUpperCase());

/** An object of these members. Each can be missing, present twice, or of a wrong type. */
function objectOf(members: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<string> {
  const member = fc.oneof(
    ...Object.entries(members).map(([name, usual]) =>
      fc.tuple(key(name), perhaps(usual)).map(([spelt, value]) => `${JSON.stringify(spelt)}:${value}`),
    ),
  );
  const whole = fc.tuple(
    ...Object.entries(members).map(([name, usual]) => usual.map((value) => `${JSON.stringify(name)}:${value}`)),
  );
  return fc.oneof(whole, fc.array(member, { maxLength: 8 })).map((parts) => `{${parts.join(',')}}`);
}

const numbers = fc.oneof(
  fc.integer({ min: 0, max: 50 }).map(String),
  fc.constantFrom('-1', '0', '9223372036854775807', '-9223372036854775808', '4294967296'),
);
const attributeNames = [...new Set([...toxicKinds.values()].flatMap(({ attributes }) => attributes))];
const proxy = objectOf({
  name: quoted(names),
  listen: quoted(addresses),
  upstream: quoted(upstreams),
  enabled: fc.constantFrom('true', 'true', 'false'),
});
const toxic = objectOf({
  name: quoted(names),
  type: quoted(fc.constantFrom(...toxicKinds.keys(), 'down', 'x')),
  stream: quoted(fc.constantFrom('upstream', 'downstream', 'sideways')),
  toxicity: fc.constantFrom('1', '1', '0.5', '0', '-1', '1e38'),
  attributes: objectOf(Object.fromEntries(attributeNames.map((name) => [name, numbers]))),
});
const broken = fc.oneof(
  fc
    .tuple(fc.oneof(proxy, toxic), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([text, share]) => text.slice(0, text.length * share)),
  fc.string({ unit: 'binary', maxLength: 200 }),
  values,
);
const body = fc.oneof(
  { weight: 4, arbitrary: proxy },
  { weight: 4, arbitrary: toxic },
  { weight: 2, arbitrary: fc.array(proxy, { maxLength: 6 }).map((proxies) => `[${proxies.join(',')}]`) },
  broken,
);

const segment = names.map((name) => encodeURIComponent(name));
const path = fc.oneof(
  fc.constantFrom(
    '/proxies',
    '/proxies',
    '/populate',
    '/reset',
    '/version',
    '/metrics',
    '/',
    '//',
    '/proxies/%zz',
    '*',
  ),
  segment.map((name) => `/proxies/${name}`),
  segment.map((name) => `/proxies/${name}/toxics`),
  fc.tuple(segment, segment).map(([name, toxicName]) => `/proxies/${name}/toxics/${toxicName}`),
  fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`),
);
const method = fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PATCH', 'DELETE', 'PUT', 'OPTIONS', 'HEAD');
const bytes = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 500 }),
  fc
    .tuple(method, path, body)
    .map(([verb, target, text]) => `${verb} ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n${text}`),
  fc.constantFrom(
    'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  ),
);

const known = fc.constantFrom('a', 'b', 'c');
const request = (verb: string, target: fc.Arbitrary<string>, text: fc.Arbitrary<string>) =>
  fc.record({ kind: fc.constant('request' as const), method: fc.constant(verb), path: target, body: text });
const toxicPath = fc
  .tuple(known, fc.constantFrom(...toxicKinds.keys()), fc.constantFrom('upstream', 'downstream'))
  .map(([name, type, stream]) => `/proxies/${name}/toxics/${type}_${stream}`);

/** Requests whose path, method and body fit together, so that many of them succeed. */
const sensible = fc.oneof(
  { weight: 3, arbitrary: request('POST', fc.constant('/proxies'), proxy) },
  {
    weight: 6,
    arbitrary: request(
      'POST',
      known.map((name) => `/proxies/${name}/toxics`),
      toxic,
    ),
  },
  {
    weight: 2,
    arbitrary: request(
      'PATCH',
      known.map((name) => `/proxies/${name}`),
      proxy,
    ),
  },
  { weight: 2, arbitrary: request('PATCH', toxicPath, toxic) },
  request('DELETE', toxicPath, fc.constant('')),
  request(
    'DELETE',
    known.map((name) => `/proxies/${name}`),
    fc.constant(''),
  ),
  request(
    'POST',
    fc.constant('/populate'),
    fc.array(proxy, { maxLength: 6 }).map((proxies) => `[${proxies.join(',')}]`),
  ),
  request('POST', fc.constant('/reset'), fc.constant('')),
  request('GET', fc.constantFrom('/proxies', '/metrics', '/version'), fc.constant('')),
);

/** Any of the actions above. */
export const hostileActions: fc.Arbitrary<HostileAction> = fc.oneof(
  { weight: 12, arbitrary: sensible },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('request'), method, path, body }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('bytes'), text: bytes }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('link'),
      pick: fc.nat(),
      bytes: fc.nat({ max: 200_000 }),
      ending: fc.constantFrom('end', 'reset', 'leave'),
    }),
  },
);
