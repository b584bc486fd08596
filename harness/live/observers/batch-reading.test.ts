import { describe, expect, it } from 'vitest';
import { readAnswer, readRequest } from './batch-reading.ts';

const firstLine = 'POST /v1/batches HTTP/1.1';
const answer = (body: string) => readAnswer({ firstLine: 'HTTP/1.1 202 Accepted', body });
const readBody = (body: unknown) => readRequest({ firstLine, body: JSON.stringify(body) });

describe('the reading of a batch call', () => {
  it('takes the tenant, the dry run and every uuid from a request', () => {
    const messages = [{ message_uuid: 'a', recipient: '1' }, { message_uuid: 'b' }];
    expect(readBody({ tenant_id: 3, dry_run: false, messages })).toEqual({
      method: 'POST',
      path: '/v1/batches',
      tenantId: 3,
      dryRun: false,
      uuids: ['a', 'b'],
    });
  });

  it('says what a request does not say', () => {
    const messages = [{ recipient: '1' }, { message_uuid: null }, 7];
    expect(readBody({ tenant_id: 'three', messages })).toMatchObject({
      tenantId: null,
      dryRun: null,
      uuids: ['', '', ''],
    });
  });

  it('knows that other requests are no batch calls', () => {
    for (const body of ['', '{', 'null', '[]', '{"messages":1}'])
      expect(readRequest({ firstLine, body })).toBeUndefined();
    expect(readRequest({ firstLine, body: undefined })).toBeUndefined();
  });

  it('takes the results from an answer, and none from an answer that has none', () => {
    const results = [
      { message_uuid: 'a', status: 'accepted', provider_message_id: 'SM1' },
      { message_uuid: 'b' },
      null,
    ];
    expect(answer(JSON.stringify({ results }))).toEqual({
      status: 202,
      results: [
        { messageUuid: 'a', status: 'accepted', providerMessageId: 'SM1' },
        { messageUuid: 'b', status: '', providerMessageId: null },
        { messageUuid: '', status: '', providerMessageId: null },
      ],
    });
    expect(answer('<html>')).toEqual({ status: 202, results: [] });
  });
});
