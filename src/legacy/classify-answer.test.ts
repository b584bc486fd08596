import { expect, test } from 'vitest';
import type { FailureReason } from '../contract/http.ts';
import { classifyAnswer } from './classify-answer.ts';

const result = { message_uuid: 'u1', status: 'accepted', provider_message_id: 'SM1' };

function answered(status: number, body: string) {
  return classifyAnswer({ kind: 'answer', status, body, elapsedMs: 1 });
}

test.each<[FailureReason, string]>([
  ['timeout', 'timeout'],
  ['refused', 'transport-failure'],
  ['reset-before-write', 'transport-failure'],
  ['reset', 'transport-failure'],
  ['truncated', 'transport-failure'],
  ['closed', 'transport-failure'],
])('a call that ends in %s has the cause %s', (reason, cause) => {
  const outcome = { kind: 'failure', reason, definite: false, elapsedMs: 1 } as const;
  expect(classifyAnswer(outcome)).toEqual({ kind: 'failed', cause });
});

test.each([
  [400, 'rejected-request'],
  [429, 'rejected-request'],
  [500, 'bad-answer'],
  [503, 'bad-answer'],
  [302, 'bad-answer'],
])('an answer of status %i has the cause %s, also with a valid body', (status, cause) => {
  expect(answered(status, JSON.stringify({ results: [result] }))).toEqual({ kind: 'failed', cause });
});

test.each([
  'no json',
  'null',
  '[]',
  '{}',
  '{"results":{}}',
  '{"results":[null]}',
  '{"results":[{"message_uuid":"u1","status":"sent"}]}',
  '{"results":[{"status":"accepted"}]}',
  '{"results":[{"message_uuid":"u1","status":"accepted","provider_message_id":7}]}',
])('an answer of status 200 with %s is a bad answer', (body) => {
  expect(answered(200, body)).toEqual({ kind: 'failed', cause: 'bad-answer' });
});

test('status 200 with results counts as an answer', () => {
  expect(answered(200, JSON.stringify({ results: [result] }))).toEqual({ kind: 'answered', results: [result] });
});

test('the status failed is read as rejected, and an absent provider id as none', () => {
  expect(answered(200, '{"results":[{"message_uuid":"u1","status":"failed"}]}')).toEqual({
    kind: 'answered',
    results: [{ message_uuid: 'u1', status: 'rejected', provider_message_id: null }],
  });
});
