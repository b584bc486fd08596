// Calls of protocols other than the runbook's, parsed for a tap.
import { describe, expect, test } from 'vitest';
import { type Protocol, protocolSchema } from '../formats/protocol.ts';
import { batchWire, NOTHING_ASKED, type SeenRequest } from './batch-wire.ts';
import { placeReader, segmentsIn } from './wire-place.ts';

const wireOf = (protocol: object) => batchWire(protocolSchema.parse(protocol) satisfies Protocol);
const post = (target: string, body: unknown, headers: Readonly<Record<string, string>> = {}): SeenRequest => ({
  method: 'POST',
  target,
  headers: new Map(Object.entries(headers)),
  body: JSON.stringify(body),
});
const asked = (...uuids: string[]) => ({ ...NOTHING_ASKED, uuids, dryRun: false });

describe('a place', () => {
  const head = {
    target: '/a?dry=1&b=%20',
    segments: { id: '7' },
    headers: new Map([['x-key', 'k']]),
  };
  const document = { plain: 1, 'a/b': { '~': [5, 6] }, nothing: null };
  test.each([
    ['plain', 1],
    ['/plain', 1],
    ['/a~1b/~0/1', 6],
    ['', document],
    ['nothing', null],
    ['missing', undefined],
    ['/a~1b/~0/9', undefined],
    ['/plain/deeper', undefined],
    ['constructor', undefined],
    ['header:X-Key', 'k'],
    ['header:other', undefined],
    ['query:dry', '1'],
    ['query:b', ' '],
    ['query:c', undefined],
    ['path:id', '7'],
    ['path:other', undefined],
    [null, undefined],
  ])('a place finds %j', (place, value) => {
    expect(placeReader(place)(document, head)).toEqual(value);
  });
});

test('a path reads its segments from a target, and matches no target of another length or with other words', () => {
  expect(segmentsIn('/t/5/m?x=1', '/t/:tenant/m')).toEqual({ tenant: '5' });
  expect(segmentsIn('/t/a%2Fb/m', '/t/:tenant/m')).toEqual({ tenant: 'a/b' });
  expect(segmentsIn('/t/%/m', '/t/:tenant/m')).toEqual({ tenant: '%' });
  for (const target of ['/t/5', '/t/5/m/', '/u/5/m', '/']) expect(segmentsIn(target, '/t/:tenant/m')).toBeUndefined();
});

describe('a protocol with other field names', () => {
  const wire = wireOf({
    methods: ['PUT', 'POST'],
    path: '/outbox',
    request: {
      tenant: '/meta/tenant',
      dryRun: 'rehearse',
      dryRunIs: ['yes'],
      liveIs: ['no'],
      messages: 'items',
      uuid: 'id',
    },
    answer: { results: '/data/all', uuid: 'id', status: 'state', providerMessageId: null },
    statuses: { sent: 'accepted', no: 'rejected', 429: 'rejected' },
  });
  const body = { meta: { tenant: '12' }, rehearse: 'no', items: [{ id: 'a', recipient: '1' }] };

  test('requests of a protocol with other field names are parsed', () => {
    expect(wire.request(post('/outbox', body))).toMatchObject({
      tenantId: 12,
      dryRun: false,
      uuids: ['a'],
      messages: [{ messageUuid: 'a', recipient: '1', bodyDigest: '', provider: '' }],
    });
    expect(wire.request(post('/outbox', { ...body, rehearse: 'yes' }))?.dryRun).toBe(true);
    expect(wire.request(post('/outbox', { ...body, rehearse: true }))?.dryRun).toBeNull();
    expect(wire.request({ ...post('/outbox', body), method: 'PUT' })).toBeDefined();
  });

  test('requests with another path, method or shape are not calls of a protocol', () => {
    expect(wire.request(post('/health', body))).toBeUndefined();
    expect(wire.request(post('/outbox', { messages: [] }))).toBeUndefined();
    expect(wire.request({ ...post('/outbox', body), method: 'GET' })).toBeUndefined();
    expect(wire.request({ ...post('/outbox', body), body: 'id=a' })).toBeUndefined();
  });

  test('statuses of a protocol are translated to those of the runbook, and unknown statuses are reported', () => {
    const results = (all: unknown[], status = 200) =>
      wire.results({ status, body: JSON.stringify({ data: { all } }) }, asked('a', 'b'));
    const reported = results([
      { id: 'a', state: 'sent' },
      { id: 'b', state: 'hm', provider_message_id: 'SM' },
    ]);
    expect(reported).toEqual([
      { messageUuid: 'a', status: 'accepted', providerMessageId: null },
      { messageUuid: 'b', status: 'hm', providerMessageId: null },
    ]);
    expect(wire.strangeWord(reported)).toBe('hm');
    expect(wire.strangeWord(results([{ id: 'a', state: 'no' }]))).toBeUndefined();
    expect(wire.results({ status: 429, body: 'slow down' }, asked('a', 'b')).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
    expect(wire.results({ status: 500, body: '' }, asked('a'))).toEqual([]);
  });
});

describe('a protocol of one message a request', () => {
  const wire = wireOf({
    path: '/t/:tenant/m',
    request: {
      tenant: 'path:tenant',
      dryRun: 'header:X-Dry',
      dryRunIs: ['1'],
      liveIs: [null],
      messages: '',
      uuid: 'header:Key',
    },
    answer: { results: '', uuid: null, status: 'state' },
  });

  test('a request of a protocol with one message a request is parsed from its head and body', () => {
    const one = { recipient: '1', body: 'abc', provider: 'p' };
    expect(wire.request(post('/t/3/m', one, { key: 'u', 'x-dry': '1' }))).toEqual({
      tenantId: 3,
      dryRun: true,
      uuids: ['u'],
      messages: [{ messageUuid: 'u', recipient: '1', bodyDigest: 'ba7816bf8f01cfea', provider: 'p' }],
    });
    expect(wire.request(post('/t/3/m', one, { key: 'u' }))?.dryRun).toBe(false);
  });

  test('a result without a uuid belongs to the message of its request', () => {
    const reported = wire.results(
      { status: 200, body: '{"state":"accepted","provider_message_id":"SM1"}' },
      asked('u'),
    );
    expect(reported).toEqual([{ messageUuid: 'u', status: 'accepted', providerMessageId: 'SM1' }]);
    expect(wire.strangeWord([{ messageUuid: 'u', status: 'own', providerMessageId: null }])).toBeUndefined();
  });
});

test('an answer without results gives every message the meaning of its status code, and rehearsals another meaning', () => {
  const wire = wireOf({
    answer: { results: null },
    statuses: { 202: 'in_progress' },
    dryRunStatuses: { 202: 'accepted' },
  });
  const seen = { status: 202, body: '{"results":[]}' };
  expect(wire.results(seen, asked('a', 'b')).map(({ status }) => status)).toEqual(['in_progress', 'in_progress']);
  expect(wire.results(seen, { ...asked('a'), dryRun: true }).map(({ status }) => status)).toEqual(['accepted']);
});
