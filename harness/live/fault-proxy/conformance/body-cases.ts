// Cases of bodies of the API, valid and invalid, and of bytes that are malformed HTTP.
import { askRaw } from './ask.ts';
import { requests } from './api-cases.ts';
import { type ConformanceCase, withoutPorts } from './case.ts';

const malformed: Readonly<Record<string, string>> = {
  nothing: '',
  spaces: ' \n\t ',
  'half an object': '{',
  'half a key': '{"na',
  'a key without a value': '{"name"}',
  'a key without quotes': '{name: 1}',
  'a comma too many': '{"name":"x",}',
  'no comma': '{"name":"x" "upstream":"u"}',
  'half a literal': '{"enabled": tru}',
  'a wrong literal': '{"enabled": nope}',
  'a single quote': "{'name': 1}",
  'a raw newline in a string': '{"name":"a\nb"}',
  'a bad escape': '{"name":"\\x"}',
  'a bad unicode escape': '{"name":"\\u12g4"}',
  'a leading zero': '{"name": 01}',
  'a minus without digits': '{"name": -}',
  'a number that ends in a point': '{"name": 1.}',
  'a number that ends in an exponent': '{"name": 1e}',
  'a stray bracket': ']',
  'a byte order mark': '\ufeff{}',
  'a letter beyond ASCII': '{é:1}',
  'a symbol beyond the basic plane': '[😀]',
  'control characters': '\u0001',
  'a bell': '{\u0007',
  'a vertical tab': '[1\u000b]',
  'a backslash': '\\',
  'a deleted character': '[\u007f]',
};

const mistyped: Readonly<Record<string, string>> = {
  'an array': '[]',
  'a string': '"x"',
  'a number': '5',
  'a boolean': 'true',
  'a number as name': '{"name": 5}',
  'an array as name': '{"name": []}',
  'an object as upstream': '{"name":"x","upstream":{}}',
  'a boolean as listen': '{"listen": true}',
  'a string as enabled': '{"enabled": "no"}',
  'two wrong types': '{"listen": 1, "name": 2}',
  'a string as Logger': '{"logger": "x"}',
};

const accepted: Readonly<Record<string, string>> = {
  'keys in any case': '{"NAME":"x","Upstream":"u","eNabled":false}',
  'a key twice': '{"name":"x","name":"y","upstream":"u","enabled":false}',
  'null for an absent value': '{"name":"x","upstream":"u","listen":null,"enabled":false}',
  'unknown keys': '{"name":"x","upstream":"u","enabled":false,"odd":[1,{"a":[]}]}',
  'text after the value': '{"name":"x","upstream":"u","enabled":false} trailing',
  escapes: '{"name":"\\u0041\\/\\n\\ud83d\\ude00\\ud800","upstream":"u","enabled":false}',
  spaces: ' \n{ "name" : "x" , "upstream" : "u" , "enabled" : false }',
};

const idle = { name: 'idle', listen: '', upstream: 'x:1', enabled: false };

const attributes: Readonly<Record<string, string>> = {
  'a fraction': '{"latency": 1.5}',
  'a whole number with a point': '{"latency": 1.0}',
  'an exponent': '{"latency": 1e3}',
  'a number too large': '{"latency": 9223372036854775808}',
  'a number too small': '{"latency": -9223372036854775809}',
  'a string': '{"latency": "5"}',
  'a boolean': '{"latency": true}',
  'an array instead': '[]',
  'a string instead': '"x"',
};

const toxicFields: Readonly<Record<string, string>> = {
  'a number as name': '{"type":"noop","name":1}',
  'an array as type': '{"type":[]}',
  'a number as stream': '{"type":"noop","stream":1}',
  'a string as toxicity': '{"type":"noop","toxicity":"1"}',
  'a toxicity out of range': '{"type":"noop","toxicity":1e39}',
  'an array': '[]',
};

function refused(title: string, path: string, bodies: Readonly<Record<string, string>>): ConformanceCase[] {
  return Object.entries(bodies).map(([name, body]) => {
    const before = path === '/proxies' || path === '/populate' ? [] : [['POST /proxies', 201, idle] as const];
    return requests(`${title}: ${name}`, ...before, [`POST ${path}`, 400, body]);
  });
}

/** A case that sends raw bytes. The answer must begin with `firstLine`. */
function raw(title: string, bytes: string, firstLine: string): ConformanceCase {
  return {
    title: `raw bytes: ${title}`,
    shows: { firstLine },
    observe: async ({ url }) => {
      const [status, ...lines] = withoutPorts(await askRaw(url, bytes)).split('\r\n');
      const others = lines.filter((line) => !/^(date|x-toxiproxy-request-id|content-length):/i.test(line));
      return { firstLine: status, others: others.toSorted() };
    },
  };
}

const rawCases: readonly ConformanceCase[] = [
  raw('not HTTP', 'nonsense\r\n\r\n', 'HTTP/1.1 400 Bad Request'),
  raw('no host', 'GET /version HTTP/1.1\r\n\r\n', 'HTTP/1.1 400 Bad Request: missing required Host header'),
  raw('no host in HTTP/1.0', 'GET /nope HTTP/1.0\r\n\r\n', 'HTTP/1.0 404 Not Found'),
  raw('HTTP/1.0', 'GET /version HTTP/1.0\r\n\r\n', 'HTTP/1.0 200 OK'),
  raw('two requests at once', 'GET /version HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(2), 'HTTP/1.1 200 OK'),
  raw('a whole URL', 'GET http://x/version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'HTTP/1.1 200 OK'),
  raw('a bad escape in the path', 'GET /proxies/%zz HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 400 Bad Request'),
  raw(
    'a body in chunks',
    'POST /proxies HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    'HTTP/1.1 400 Bad Request',
  ),
  raw(
    'a body after 100-continue',
    'POST /reset HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
    'HTTP/1.1 204 No Content',
  ),
];

/** All cases of bodies. */
export const bodyCases: readonly ConformanceCase[] = [
  ...refused('a malformed proxy', '/proxies', malformed),
  ...refused('a mistyped proxy', '/proxies', mistyped),
  ...Object.entries(accepted).map(([name, body]) =>
    requests(`an unusual proxy: ${name}`, ['POST /proxies', 201, body]),
  ),
  ...refused('a mistyped populate', '/populate', {
    'an object': '{}',
    'a string in it': '["x"]',
    'a number as name': '[{"name":1}]',
    'a string as enabled': '[{"name":"x","upstream":"u","enabled":"no"}]',
    'a wrong type after a missing name': '[{}, {"name":1}]',
    'half a list': '[{"name":"x","upstream":"u"}',
    null: '[null]',
  }),
  ...refused('a mistyped toxic', '/proxies/idle/toxics', toxicFields),
  ...refused(
    'mistyped attributes',
    '/proxies/idle/toxics',
    Object.fromEntries(
      Object.entries(attributes).map(([name, text]) => [name, `{"type":"latency","attributes":${text}}`]),
    ),
  ),
  ...Object.entries(attributes).map(([name, text]) =>
    requests(
      `mistyped attributes of an update: ${name}`,
      ['POST /proxies', 201, idle],
      ['POST /proxies/idle/toxics', 200, { type: 'latency', name: 'l', attributes: { latency: 7, jitter: 8 } }],
      ['PATCH /proxies/idle/toxics/l', 400, `{"attributes":${text}}`],
      ['GET /proxies/idle/toxics/l', 200],
    ),
  ),
  requests(
    'an update of a toxic with one wrong attribute',
    ['POST /proxies', 201, idle],
    ['POST /proxies/idle/toxics', 200, { type: 'latency', name: 'l', attributes: { latency: 7, jitter: 8 } }],
    ['PATCH /proxies/idle/toxics/l', 400, '{"attributes":{"latency":1,"jitter":"x"},"toxicity":0.5}'],
    ['GET /proxies/idle/toxics/l', 200],
  ),
  ...rawCases,
];
