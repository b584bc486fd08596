import { describe, expect, test } from 'vitest';
import { parseRequest, parseResults } from './batch-wire.ts';

const parse = (body: unknown) => parseRequest(JSON.stringify(body));

describe('a batch request', () => {
  test('a batch request is parsed to its tenant, its dry run, and each message with the digest of its text', () => {
    const messages = [{ message_uuid: 'a', recipient: '1', body: 'abc', provider: 'p' }, { message_uuid: 'b' }];
    expect(parse({ tenant_id: 3, dry_run: false, messages })).toEqual({
      tenantId: 3,
      dryRun: false,
      uuids: ['a', 'b'],
      messages: [
        { messageUuid: 'a', recipient: '1', bodyDigest: 'ba7816bf8f01cfea', provider: 'p' },
        { messageUuid: 'b', recipient: '', bodyDigest: '', provider: '' },
      ],
    });
  });

  test('a batch request whose values have wrong types is parsed to nulls and empty texts', () => {
    const messages = [{ body: 1 }, { message_uuid: null }, 7];
    const empty = { messageUuid: '', recipient: '', bodyDigest: '', provider: '' };
    const nothing = { tenantId: null, dryRun: null, uuids: ['', '', ''], messages: [empty, empty, empty] };
    expect(parse({ tenant_id: 'three', messages })).toEqual(nothing);
    for (const tenant of [0.5, 2 ** 53, null])
      expect(parse({ tenant_id: tenant, dry_run: 1, messages })).toEqual(nothing);
  });

  test.each(['', '{', 'null', '[]', '{"messages":1}'])('a batch request is not parsed from %j', (body) => {
    expect(parseRequest(body)).toBeUndefined();
  });
});

describe('an answer to a batch request', () => {
  test('an answer to a batch request is parsed to its results, with empty fields for values of wrong types', () => {
    const results = [
      { message_uuid: 'a', status: 'accepted', provider_message_id: 'SM1' },
      { message_uuid: 'b', provider_message_id: 7 },
      null,
    ];
    expect(parseResults(JSON.stringify({ results }))).toEqual([
      { messageUuid: 'a', status: 'accepted', providerMessageId: 'SM1' },
      { messageUuid: 'b', status: '', providerMessageId: null },
      { messageUuid: '', status: '', providerMessageId: null },
    ]);
  });

  test.each(['<html>', '', '{}', '{"results":7}'])('an answer to a batch request has no results in %j', (body) => {
    expect(parseResults(body)).toEqual([]);
  });
});
