import { expect, test } from 'vitest';
import type { Message } from '../contract/message.ts';
import { payloadDigestOf } from './payload-digest.ts';

const message: Message = { messageUuid: 'u1', tenantId: 1, recipient: '+99911', body: 'hello', provider: 'twilio' };

test('the digest of a payload depends on tenant, recipient and text, and on nothing else', () => {
  const same = { ...message, messageUuid: 'u2', provider: 'vonage' };
  expect(payloadDigestOf(same)).toBe(payloadDigestOf(message));
  const others = [
    { ...message, tenantId: 2 },
    { ...message, recipient: '+99912' },
    { ...message, body: 'hello!' },
    { ...message, recipient: '+9991', body: '1hello' },
  ];
  expect(new Set([message, ...others].map(payloadDigestOf)).size).toBe(5);
});
