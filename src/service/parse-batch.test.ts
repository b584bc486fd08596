import { expect, test } from 'vitest';
import { parseBatch } from './parse-batch.ts';

const message = { message_uuid: 'u1', recipient: '+9991', body: 'text', provider: 'twilio' };
const request = { tenant_id: 1, campaign_id: 2, dry_run: false, messages: [message] };

test('a complete batch request is read unchanged', () => {
  expect(parseBatch(JSON.stringify(request))).toEqual({ kind: 'request', request });
});

test('the campaign of a batch request can be absent', () => {
  const { campaign_id: _absent, ...rest } = request;
  expect(parseBatch(JSON.stringify(rest))).toEqual({ kind: 'request', request: { ...request, campaign_id: null } });
});

test.each<[string, unknown]>([
  ['an array instead of an object', []],
  ['no tenant', { ...request, tenant_id: undefined }],
  ['a tenant that is text', { ...request, tenant_id: '1' }],
  ['no dry_run', { ...request, dry_run: undefined }],
  ['dry_run as text', { ...request, dry_run: 'true' }],
  ['dryRun misspelt', { ...request, dry_run: undefined, dryRun: true }],
  ['no messages', { ...request, messages: [] }],
  ['a blank uuid', { ...request, messages: [message, { ...message, message_uuid: '' }] }],
  ['an absent uuid', { ...request, messages: [{ ...message, message_uuid: undefined }] }],
  ['no recipient', { ...request, messages: [{ ...message, recipient: undefined }] }],
])('a batch request with %s is refused', (_name, body) => {
  expect(parseBatch(JSON.stringify(body)).kind).toBe('refused');
});

test('a batch request that is not JSON is refused', () => {
  expect(parseBatch('{"tenant_id":').kind).toBe('refused');
});
