import { expect, test } from 'vitest';
import type { HttpOutcome, HttpPost } from '../contract/http.ts';
import type { Context } from '../contract/parts.ts';
import { callProvider } from './call-provider.ts';
import { classifyDelivery } from './classify-delivery.ts';

test('a message is sent from the account of its tenant, with the secret of that account', async () => {
  const posts: HttpPost[] = [];
  const env = {
    settings: { providerUrl: 'http://provider.invalid', providerTimeoutMs: 1_000 },
    http: {
      post: (request: HttpPost) => {
        posts.push(request);
        return Promise.resolve({ kind: 'answer', status: 201, body: '{"sid":"SM1"}', elapsedMs: 1 });
      },
    },
  };
  const context = {
    env,
    parts: { classifyDelivery: (_: Context, outcome: HttpOutcome) => classifyDelivery(outcome) },
  } as unknown as Context;
  const message = { messageUuid: 'u1', tenantId: 7, recipient: '+9991', body: 'text 1', provider: 'twilio' };
  const credentials = { tenant_id: 7, provider: 'twilio', account: 'AC7', token: 'secret' };
  expect(await callProvider(context, message, credentials)).toEqual({ kind: 'accepted', providerMessageId: 'SM1' });
  expect(posts).toMatchObject([
    {
      url: 'http://provider.invalid/2010-04-01/Accounts/AC7/Messages.json',
      headers: { authorization: `Basic ${Buffer.from('AC7:secret').toString('base64')}` },
      timeouts: { totalMs: 1_000 },
    },
  ]);
  const form = new URLSearchParams(posts[0]?.body);
  expect([form.get('To'), form.get('Body')]).toEqual(['+9991', 'text 1']);
});
