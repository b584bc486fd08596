import { expect, test } from 'vitest';
import { bodyDigestOf } from '../history/body-digest.ts';
import { isRepeated, repeatedRequest, resultOfRepeat, type KnownRequest } from './repeated-request.ts';

const fault = { kind: 'repeat', item: 'c1#1', changes: 'text', afterMs: 0 } as const;
const attempt = { system: 'service', item: 'c1#1', recipient: '+99911', body: 'hello' } as const;
const seen = (change: Partial<KnownRequest> = {}): KnownRequest => ({
  path: '/v1/batches',
  tenantId: 7,
  dryRun: false,
  messages: [
    { messageUuid: 'u2', recipient: '+99911', bodyDigest: bodyDigestOf('another'), provider: 'twilio' },
    { messageUuid: 'u1', recipient: '+99911', bodyDigest: bodyDigestOf('hello'), provider: 'vonage' },
  ],
  ...change,
});

test('only an attempt of the service to send the item triggers a repeated request', () => {
  expect(isRepeated(fault, attempt)).toBe(true);
  expect(isRepeated(fault, { ...attempt, system: 'legacy' })).toBe(false);
  expect(isRepeated(fault, { ...attempt, item: 'c1#2' })).toBe(false);
});

test('a repeated request asks for the uuid of the attempted message with another text', () => {
  const repeated = repeatedRequest(fault, attempt, [seen()]);
  expect(JSON.parse(repeated?.body ?? '')).toEqual({
    tenant_id: 7,
    campaign_id: null,
    dry_run: false,
    messages: [{ message_uuid: 'u1', recipient: '+99911', body: 'hello, changed', provider: 'vonage' }],
  });
  expect(repeated).toMatchObject({ path: '/v1/batches', reported: { messageUuid: 'u1', recipient: '+99911' } });
  expect(repeated?.reported.bodyDigest).toBe(bodyDigestOf('hello, changed'));
});

test('a repeated request asks for the uuid of the attempted message with another number', () => {
  const repeated = repeatedRequest({ ...fault, changes: 'number' }, attempt, [seen()]);
  expect(repeated?.reported).toMatchObject({ recipient: '+9991', bodyDigest: bodyDigestOf('hello') });
});

test('a uuid that no live request showed cannot be repeated', () => {
  for (const unfit of [{ dryRun: true }, { dryRun: null }, { tenantId: null }, { messages: [] }]) {
    expect(repeatedRequest(fault, attempt, [seen(unfit)])).toBeUndefined();
  }
});

test('the result of a repeated request is the status of its uuid, or null', () => {
  const repeated = repeatedRequest(fault, attempt, [seen()]);
  if (repeated === undefined) throw new Error('expected a request');
  const answer = (results: unknown) => ({ status: 200, body: JSON.stringify({ results }) });
  expect(resultOfRepeat(repeated, answer([{ message_uuid: 'u1', status: 'failed' }]))).toEqual({
    status: 200,
    result: 'rejected',
  });
  expect(resultOfRepeat(repeated, answer([{ message_uuid: 'u2', status: 'accepted' }]))).toEqual({
    status: 200,
    result: null,
  });
  expect(resultOfRepeat(repeated, { status: null, body: '' })).toEqual({ status: null, result: null });
});
