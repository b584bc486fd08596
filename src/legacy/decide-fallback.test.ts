import { expect, test } from 'vitest';
import type { FallbackCause } from '../contract/parts.ts';
import { decideFallback } from './decide-fallback.ts';

const messages = ['u1', 'u2'].map((messageUuid) => ({
  messageUuid,
  tenantId: 1,
  recipient: '+9991',
  body: 'text',
  provider: 'twilio',
}));

test.each<FallbackCause>(['timeout', 'transport-failure', 'breaker-open'])(
  'after %s the legacy app competes for all messages of the call',
  (cause) => {
    expect(decideFallback({ kind: 'failed', cause }, messages)).toEqual({ cause, messages });
  },
);

test.each<FallbackCause>(['rejected-request', 'bad-answer'])('after %s there is no fallback', (cause) => {
  expect(decideFallback({ kind: 'failed', cause }, messages)).toBeUndefined();
});

test('an answer of the service leads to no fallback, even if it rejects a message', () => {
  const results = [{ message_uuid: 'u1', status: 'rejected', provider_message_id: null }] as const;
  expect(decideFallback({ kind: 'answered', results }, messages)).toBeUndefined();
});
