import { expect, test } from 'vitest';
import { protocolSchema, RUNBOOK_PROTOCOL } from '../../formats/protocol.ts';
import type { WireAnswer, WireRequest } from './exchange.ts';
import { openBatch, openResults } from './wire-batch.ts';

const REQUEST: WireRequest = {
  method: 'POST',
  target: '/v1/batches',
  headers: { 'content-type': 'application/json' },
  body: '{"tenant_id":7,"dry_run":true,"messages":[{"message_uuid":"u-1","recipient":"+4612","body":"hello"}]}',
};
const ANSWER: WireAnswer = {
  status: 200,
  headers: {},
  body: '{"results":[{"message_uuid":"u-1","status":"accepted","provider_message_id":"SM1"}]}',
};

test('a request is changed at the places of the runbook, and nowhere else', () => {
  const batch = openBatch(REQUEST, RUNBOOK_PROTOCOL);
  expect(batch.write('dry_run', undefined)).toBe(true);
  expect(batch.write('message_uuid', 'u-2', batch.messages[0])).toBe(true);
  expect(batch.toRequest()).toEqual({
    ...REQUEST,
    body: '{"tenant_id":7,"messages":[{"message_uuid":"u-2","recipient":"+4612","body":"hello"}]}',
  });
});

test('writing an equal value, or to a place that is not on the wire, changes nothing', () => {
  const batch = openBatch(REQUEST, RUNBOOK_PROTOCOL);
  expect(batch.write('dry_run', true)).toBe(false);
  expect(batch.write('nothing', undefined)).toBe(false);
  expect(batch.write(null, 1)).toBe(false);
  expect(batch.toRequest()).toEqual(REQUEST);
});

test('places outside of the body are changed: headers, queries, and segments of the path', () => {
  const protocol = protocolSchema.parse({
    path: '/tenants/:tenant/messages',
    request: {
      tenant: 'path:tenant',
      dryRun: 'query:dry',
      messages: '',
      uuid: 'header:Idempotency-Key',
      recipient: '/to/number',
    },
  });
  const request: WireRequest = {
    method: 'POST',
    target: '/tenants/7/messages?dry=1&a=b',
    headers: { 'idempotency-key': 'u-1' },
    body: '{"to":{"number":"+4612"}}',
  };
  const batch = openBatch(request, protocol);
  const [message] = batch.messages;
  expect(batch.read('/to/number', message)).toBe('+4612');
  expect(batch.write('/to/number', '+4613', message)).toBe(true);
  expect(batch.write('header:Idempotency-Key', 'u-2', message)).toBe(true);
  expect(batch.write('query:dry', undefined)).toBe(true);
  expect(batch.write('path:tenant', 8)).toBe(true);
  expect(batch.toRequest()).toEqual({
    method: 'POST',
    target: '/tenants/8/messages?a=b',
    headers: { 'idempotency-key': 'u-2' },
    body: '{"to":{"number":"+4613"}}',
  });
});

test('results are changed in their list, and a single result needs no list', () => {
  const results = openResults(ANSWER, RUNBOOK_PROTOCOL);
  expect(results.write('status', 'rejected', results.results[0])).toBe(true);
  results.list?.push({ message_uuid: 'u-2' });
  expect(results.toAnswer().body).toBe(
    '{"results":[{"message_uuid":"u-1","status":"rejected","provider_message_id":"SM1"},{"message_uuid":"u-2"}]}',
  );
  const single = openResults(
    { ...ANSWER, body: '{"state":"sent"}' },
    protocolSchema.parse({ answer: { results: '' } }),
  );
  expect(single.list).toBeUndefined();
  expect(single.results).toEqual([{ state: 'sent' }]);
});

test('a body that is not JSON does not change', () => {
  const batch = openBatch({ ...REQUEST, body: 'a=b' }, RUNBOOK_PROTOCOL);
  expect(batch.messages).toEqual([]);
  expect(batch.write('dry_run', false)).toBe(false);
  expect(batch.toRequest().body).toBe('a=b');
  expect(openResults({ ...ANSWER, body: '' }, RUNBOOK_PROTOCOL).toAnswer().body).toBe('');
});
