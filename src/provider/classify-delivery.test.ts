import { expect, test } from 'vitest';
import type { FailureReason } from '../contract/http.ts';
import { classifyDelivery } from './classify-delivery.ts';

function answered(status: number, body = '{"sid":"SM1"}') {
  return classifyDelivery({ kind: 'answer', status, body, elapsedMs: 1 });
}

test.each([200, 201])('a provider answer of status %i with an id is accepted', (status) => {
  expect(answered(status)).toEqual({ kind: 'accepted', providerMessageId: 'SM1' });
});

test.each(['{}', '{"sid":""}', '{"sid":7}', 'null', 'no json'])(
  'a provider answer of status 201 with %s is unknown',
  (body) => {
    expect(answered(201, body).kind).toBe('unknown');
  },
);

test.each([400, 401, 404, 429])('a provider answer of status %i is rejected', (status) => {
  expect(answered(status).kind).toBe('rejected');
});

test.each([500, 502, 503, 504, 302])(
  'a provider answer of status %i is unknown: the provider may have accepted',
  (status) => {
    expect(answered(status).kind).toBe('unknown');
  },
);

test.each<FailureReason>(['timeout', 'reset', 'truncated', 'closed'])(
  'a provider call with an indefinite %s is unknown',
  (reason) => {
    expect(classifyDelivery({ kind: 'failure', reason, definite: false, elapsedMs: 1 }).kind).toBe('unknown');
  },
);

test.each<FailureReason>(['refused', 'reset-before-write'])(
  'a provider call with a definite %s is rejected',
  (reason) => {
    expect(classifyDelivery({ kind: 'failure', reason, definite: true, elapsedMs: 1 }).kind).toBe('rejected');
  },
);
